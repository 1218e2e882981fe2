package org.rapport.delivery.http;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.time.Duration;
import org.rapport.delivery.Deliveries;
import org.rapport.delivery.Deliveries.Notification;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.CheckedAddress;
import org.rapport.outbox.OutboxItem;
import org.rapport.outbox.Sender;
import org.rapport.work.Causes;

/** Sends notifications to rest-hook endpoints. Any answer from 200 to 299 means that the receiver has it. */
public final class RestHookSender implements Sender {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int GONE = 410;

    private final Deliveries deliveries;
    private final FhirContext fhir;
    private final CheckedAddress addresses;
    private final HookConnection connection = new HookConnection(CONNECT, ANSWER);

    /**
     * @param deliveries decides on each notification
     * @param fhir writes the payload
     * @param allowed hosts that the operator has named
     */
    public RestHookSender(Deliveries deliveries, FhirContext fhir, AllowedHosts allowed) {
        this.deliveries = deliveries;
        this.fhir = fhir;
        this.addresses = CheckedAddress.by(allowed);
    }

    @Override
    public Outcome send(OutboxItem item) {
        return deliveries.decide(item).fold(this::send, refusal -> new Outcome.Refused(refusal.why()));
    }

    private Outcome send(Notification notification) {
        var endpoint = notification.registration().hook().endpoint();
        try {
            var address = addresses.of(endpoint);
            return address.isEmpty()
                    ? new Outcome.Failed("the endpoint is not on a public address")
                    : outcome(
                            notification, connection.send(endpoint, address.get(), HookRequest.of(notification, fhir)));
        } catch (IOException e) {
            return new Outcome.Failed(Causes.of(e));
        }
    }

    private Outcome outcome(Notification notification, int status) {
        if (status < 300) {
            return new Outcome.Sent();
        }
        if (status == GONE) {
            deliveries.gone(notification.registration());
            return new Outcome.Refused("answered " + status);
        }
        return new Outcome.Failed("answered " + status);
    }
}
