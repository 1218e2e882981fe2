package org.rapport.product;

import java.time.Duration;
import java.util.List;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Ledger;
import org.rapport.harness.ServerUnreachable;

/** Creates heart rates through whichever of two servers answers. */
final class ObservationStream extends SteadyClient {

    private final List<FhirSession> sessions;
    private final Ledger ledger;
    private int number;

    ObservationStream(List<FhirSession> sessions, Ledger ledger) {
        super("observations", Duration.ofMillis(100));
        this.sessions = sessions;
        this.ledger = ledger;
    }

    @Override
    void next() {
        var session = sessions.get(number % sessions.size());
        var key = Integer.toString(1_000_000 + number++);
        ledger.attempt(key, List.of(key));
        try {
            int status = session.post("Observation", HookClient.observation("8867-4", "alice", Integer.parseInt(key)))
                    .statusCode();
            if (status == 201) {
                ledger.acknowledged(key);
            }
        } catch (ServerUnreachable unknown) {
            rest();
        }
    }
}
