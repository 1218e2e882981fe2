package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.rapport.product.BookingRequests.byReference;
import static org.rapport.product.BookingRequests.only;
import static org.rapport.product.BookingRequests.openings;
import static org.rapport.product.BookingRequests.participant;
import static org.rapport.product.BookingRequests.post;
import static org.rapport.product.BookingRequests.reserve;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Mailbox;
import org.rapport.harness.SharedServer;

/** A visit from the free time to the cancellation, each step by the way that people take. */
class VisitIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration FIRST_REMINDER = Duration.ofDays(3);

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession alice;
    private static Mailbox mailbox;

    @BeforeAll
    static void start() {
        alice = SHARED.server().personSession("alice");
        mailbox = new Mailbox(SHARED.server().origin());
    }

    @Test
    void isFoundHeldBookedRemindedConfirmedByTheLinkAndCancelled() {
        var held = only(alice.post("Appointment/$hold", reserve(anOpeningFarAhead())));
        var booked = only(alice.post("Appointment/$book", byReference(held)));
        var path = "Appointment/" + booked.path("id").asText();
        await().atMost(SOON).until(() -> reminders(path, "active").size() == 2);

        var link = MailedLink.in(mailAtTheTimeOfTheFirstReminder(booked));
        assertThat(link.press(link.open(), "confirm").body()).contains("you are expected");
        assertThat(participant(FhirSession.json(alice.get(path)), "Patient/alice"))
                .isEqualTo("accepted");
        assertThat(reminders(path, "completed")).hasSize(1);

        FhirSession.json(post(alice, path + "/$cancel"));
        await().atMost(SOON).until(() -> reminders(path, "revoked").size() == 1);
        assertThat(reminders(path, "active")).isEmpty();
        assertThat(link.open().statusCode()).isEqualTo(410);
    }

    private static JsonNode anOpeningFarAhead() {
        var soonest = SHARED.clock().instant().plus(FIRST_REMINDER).plus(Duration.ofDays(1));
        return openings(alice, "dr-brandt").stream()
                .filter(opening -> start(opening).isAfter(soonest))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode mailAtTheTimeOfTheFirstReminder(JsonNode visit) {
        int before = mails().size();
        var ahead = Duration.between(SHARED.clock().instant(), start(visit))
                .minus(FIRST_REMINDER)
                .plusMinutes(1);
        SHARED.clock().move(ahead);
        try {
            return await().atMost(SOON)
                    .until(VisitIT::mails, found -> found.size() > before)
                    .get(0);
        } finally {
            SHARED.clock().move(ahead.negated());
        }
    }

    private static List<JsonNode> mails() {
        return mailbox.to("alice@example.org").stream()
                .filter(mail -> mail.path("subject").asText().equals("Your appointment"))
                .toList();
    }

    private static Instant start(JsonNode appointment) {
        return OffsetDateTime.parse(appointment.path("start").asText()).toInstant();
    }

    private static List<JsonNode> reminders(String appointment, String status) {
        return alice.searchAll("CommunicationRequest?_count=200&patient=alice&status=" + status).stream()
                .filter(request -> request.at("/about/0/reference").asText().equals(appointment))
                .toList();
    }
}
