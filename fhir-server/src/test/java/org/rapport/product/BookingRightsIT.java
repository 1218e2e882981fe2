package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.product.BookingRequests.assertTaken;
import static org.rapport.product.BookingRequests.byReference;
import static org.rapport.product.BookingRequests.find;
import static org.rapport.product.BookingRequests.only;
import static org.rapport.product.BookingRequests.openings;
import static org.rapport.product.BookingRequests.post;
import static org.rapport.product.BookingRequests.put;
import static org.rapport.product.BookingRequests.reserve;
import static org.rapport.product.BookingRequests.slot;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Server;
import org.rapport.harness.SharedServer;

class BookingRightsIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static Server server;
    private static FhirSession alice;

    @BeforeAll
    static void signIn() {
        server = SHARED.server();
        alice = server.personSession("alice");
    }

    @Test
    void isForOneselfOrThoseOneTreats() {
        var opening = openings(alice, "dr-adams").get(3);
        assertThat(alice.post("Appointment/$book", reserve(opening, "bob")).statusCode())
                .isEqualTo(403);
        var booked = only(alice.post("Appointment/$book", reserve(opening)));
        var path = "Appointment/" + booked.path("id").asText();

        var bob = server.personSession("bob");
        assertThat(post(bob, path + "/$cancel").statusCode()).isEqualTo(404);
        assertThat(bob.post("Appointment/$book", byReference(booked)).statusCode())
                .isEqualTo(404);
        var taken = bob.post("Appointment/$book", reserve(opening));
        assertTaken(taken);
        assertThat(taken.body()).doesNotContain("alice");

        var doctor = server.personSession("dr-adams");
        var next = openings(doctor, "dr-adams").get(4);
        assertThat(doctor.post("Appointment/$book", reserve(next, "bob")).statusCode())
                .isEqualTo(403);
        only(doctor.post("Appointment/$book", reserve(next, "carol")));
        assertThat(FhirSession.json(post(doctor, path + "/$cancel"))
                        .path("status")
                        .asText())
                .isEqualTo("cancelled");

        var clerk = server.personSession("clerk-lee");
        assertThat(clerk.post("Appointment/$find", find("dr-adams")).statusCode())
                .isEqualTo(200);
        var reader = server.session("demo-reader");
        assertThat(reader.post("Appointment/$find", find("dr-adams")).statusCode())
                .isEqualTo(200);
        assertThat(reader.post("Appointment/$book", reserve(next, "carol")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void isClosedToPatientsByPlainWriting() {
        var opening = openings(alice, "dr-adams").get(5);
        var booked = only(alice.post("Appointment/$book", reserve(opening)));
        var path = "Appointment/" + booked.path("id").asText();
        assertThat(put(alice, path, booked)).isEqualTo(403);
        assertThat(put(alice, slot(opening), FhirSession.json(alice.get(slot(opening)))))
                .isEqualTo(403);
        assertThat(alice.post("Appointment", booked.toString()).statusCode()).isEqualTo(403);
        assertThat(alice.send("DELETE", path, "", BodyPublishers.noBody()).statusCode())
                .isEqualTo(403);
    }
}
