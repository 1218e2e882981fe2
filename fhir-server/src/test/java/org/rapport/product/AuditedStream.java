package org.rapport.product;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Ledger;
import org.rapport.harness.ServerUnreachable;

/** Creates, reads and searches by turns, each request under an id of its own, and keeps books of what it was shown. */
final class AuditedStream extends SteadyClient {

    /** What the ids of all such requests begin with. */
    static final String PREFIX = "ledger-";

    private final String name;
    private final FhirSession fhir;
    private final Ledger ledger;
    private int number;

    AuditedStream(String name, FhirSession fhir, Ledger ledger) {
        super(name, Duration.ofMillis(10));
        this.name = name;
        this.fhir = fhir;
        this.ledger = ledger;
    }

    @Override
    void next() {
        var id = PREFIX + name + "-" + number++;
        var session = fhir.with("X-Request-ID", id);
        try {
            switch (number % 3) {
                case 0 -> {
                    attempt(id, "create", "");
                    settle(
                            id,
                            session.post("Patient", TestPatients.named("Ledger"))
                                    .statusCode());
                }
                case 1 -> {
                    attempt(id, "read", "alice");
                    settle(id, session.get("Patient/alice").statusCode());
                }
                default -> {
                    attempt(id, "search-type", "alice", "bob");
                    settle(id, session.get("Patient?_id=alice,bob").statusCode());
                }
            }
        } catch (ServerUnreachable unknown) {
            rest();
        }
    }

    /** One row for each patient, in one transaction. */
    private void attempt(String id, String interaction, String... patients) {
        ledger.attempt(
                id,
                Stream.of(patients)
                        .map(patient -> id + '|' + interaction + '|' + patient)
                        .toList());
    }

    private void settle(String id, int status) {
        if (List.of(200, 201).contains(status)) {
            ledger.acknowledged(id);
        }
    }
}
