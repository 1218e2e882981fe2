package org.rapport.product;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.rapport.harness.DeviceClient;
import org.rapport.harness.Ledger;
import org.rapport.harness.Server;
import org.rapport.harness.ServerUnreachable;

/** A device that publishes each reading until its broker has it, through one server, which may go and come back. */
final class ReadingStream extends SteadyClient {

    private final Server server;
    private final Server maker;
    private final OffsetDateTime first;
    private final Ledger ledger;
    private Optional<DeviceClient> connected = Optional.empty();
    private int number;

    /**
     * @param maker the server that wrote the credentials down
     * @param first time of the first reading; each follows a millisecond later
     */
    ReadingStream(Server server, Server maker, OffsetDateTime first, Ledger ledger) {
        super("readings-" + server.plan().name(), Duration.ofMillis(100));
        this.server = server;
        this.maker = maker;
        this.first = first;
        this.ledger = ledger;
    }

    @Override
    void next() {
        var time = first.plusNanos(1_000_000L * number++);
        var key = Long.toString(time.toInstant().toEpochMilli());
        ledger.attempt(key, List.of(key));
        while (!published(time) && goesOn()) {
            rest();
        }
        if (connected.isPresent()) {
            ledger.acknowledged(key);
        }
    }

    private boolean published(OffsetDateTime time) {
        try {
            if (connected.isEmpty()) {
                connected = Optional.of(DeviceClient.connect(server, maker, "hr-alice"));
            }
            connected
                    .get()
                    .publish(
                            "heart-rate",
                            "{\"value\": 71, \"unit\": \"bpm\", \"timestamp\": \""
                                    + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time) + "\"}");
            return true;
        } catch (ServerUnreachable away) {
            connected.ifPresent(DeviceClient::abandon);
            connected = Optional.empty();
            return false;
        }
    }

    @Override
    void stop() throws InterruptedException {
        super.stop();
        connected.ifPresent(DeviceClient::abandon);
    }
}
