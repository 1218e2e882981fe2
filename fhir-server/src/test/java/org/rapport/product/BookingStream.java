package org.rapport.product;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Ledger;
import org.rapport.harness.ServerUnreachable;

/** Books one time after the other through one server, racing for each with whoever does the same through another. */
final class BookingStream extends SteadyClient {

    private final FhirSession session;
    private final List<JsonNode> openings;
    private final Ledger ledger;
    private final String name;
    private int number;

    BookingStream(String name, FhirSession session, List<JsonNode> openings, Ledger ledger) {
        super("bookings-" + name, Duration.ofMillis(300));
        this.name = name;
        this.session = session;
        this.openings = openings;
        this.ledger = ledger;
    }

    /** The slot of an appointment. */
    static String slot(JsonNode appointment) {
        return appointment.at("/slot/0/reference").asText();
    }

    @Override
    void next() {
        if (number == openings.size()) {
            return;
        }
        var opening = openings.get(number++);
        var key = name + " " + slot(opening);
        ledger.attempt(key, List.of());
        try {
            var answer = session.post("Appointment/$book", """
                    {"resourceType": "Parameters", "parameter": [{"name": "appointment-resource", "resource": %s},
                      {"name": "patient-resource", "resource": {"resourceType": "Patient", "id": "alice"}}]}
                    """.formatted(opening));
            if (answer.statusCode() == 200) {
                var booked = FhirSession.parsed(answer.body())
                        .at("/entry/0/resource/id")
                        .asText();
                ledger.attempt("won " + booked, List.of(booked));
                ledger.acknowledged("won " + booked);
            }
        } catch (ServerUnreachable unknown) {
            rest();
        }
    }
}
