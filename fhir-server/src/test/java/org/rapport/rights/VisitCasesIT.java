package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertEmpty;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.ids;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Who sees a patient at a visit treats them for some days, and nobody gets at a record by a visit of their own making. */
class VisitCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private World world;

    @BeforeEach
    void store() {
        world = World.of(SHARED);
        world.store(
                "Patient",
                "visitor",
                "\"active\": true, \"generalPractitioner\": [{\"reference\": \"Practitioner/dr-brandt\"}]");
        world.store("Observation", "visitor-1", observation("visitor", "vc"));
        world.store("Appointment", "visitor-elsewhere", visit("booked", Duration.ofDays(1), "dr-brandt", "accepted"));
    }

    @AfterEach
    void callOff() {
        world.store("Appointment", "visitor-here", visit("cancelled", Duration.ZERO, "dr-adams", "accepted"));
    }

    @Test
    @DisplayName("AC-043: a visit opens the record to who sees the patient there, until it is called off")
    void opensTheRecord() {
        assertHidden(world.drAdams().get("Patient/visitor"), world.drAdams().get("Patient/nobody"));
        assertEmpty(world.drAdams().get("Appointment?patient=Patient/visitor"));

        world.store("Appointment", "visitor-here", visit("booked", Duration.ofDays(2), "dr-adams", "accepted"));
        assertThat(world.drAdams().get("Patient/visitor").statusCode()).isEqualTo(200);
        assertThat(ids(FhirSession.json(world.drAdams().get("Observation?patient=Patient/visitor"))))
                .containsExactly("Observation/visitor-1");
        assertThat(ids(FhirSession.json(world.drAdams().get("Appointment?patient=Patient/visitor"))))
                .containsExactlyInAnyOrder("Appointment/visitor-here", "Appointment/visitor-elsewhere");

        callOff();
        assertHidden(world.drAdams().get("Patient/visitor"), world.drAdams().get("Patient/nobody"));
        assertEmpty(world.drAdams().get("Observation?patient=Patient/visitor"));
    }

    @ParameterizedTest
    @DisplayName("AC-043: a visit that is not agreed on, that somebody declined, or of another time opens nothing")
    @CsvSource({
        "proposed, PT24H, accepted",
        "pending, PT24H, accepted",
        "noshow, PT-24H, accepted",
        "booked, PT24H, declined",
        "booked, P4D, accepted",
        "fulfilled, P-8D, accepted",
    })
    void opensNothing(String status, Duration from, String answer) {
        world.store("Appointment", "visitor-here", visit(status, from, "dr-adams", answer));
        assertHidden(world.drAdams().get("Patient/visitor"), world.drAdams().get("Patient/nobody"));
        assertHidden(
                world.drAdams().get("Appointment/visitor-here"), world.drAdams().get("Appointment/nobody"));
    }

    @Test
    @DisplayName("AC-043: a visit by a role opens the record as long as the role is active")
    void opensTheRecordToWhoComesByARole() {
        var role = """
                "active": %s, "practitioner": {"reference": "Practitioner/dr-adams"}""";
        world.store("PractitionerRole", "visits-of-adams", role.formatted("true"));
        world.store(
                "Appointment",
                "visitor-here",
                visit("booked", Duration.ofDays(1), "dr-adams", "accepted")
                        .replace("Practitioner/dr-adams", "PractitionerRole/visits-of-adams"));
        assertThat(world.drAdams().get("Patient/visitor").statusCode()).isEqualTo(200);
        assertThat(world.drAdams().get("Observation/visitor-1").statusCode()).isEqualTo(200);
        world.store("PractitionerRole", "visits-of-adams", role.formatted("false"));
        assertHidden(world.drAdams().get("Patient/visitor"), world.drAdams().get("Patient/nobody"));
    }

    @Test
    @DisplayName(
            "AC-043: a visit of several patients opens the record of each, and by itself what is about all of them")
    void opensTheRecordOfEachWhoComes() {
        world.store("Patient", "visitor-too", "\"active\": true");
        var group = visit("booked", Duration.ofDays(1), "dr-adams", "accepted")
                .replace(
                        "[{\"actor\"",
                        "[{\"actor\": {\"reference\": \"Patient/visitor-too\"}, \"status\": \"accepted\"}, {\"actor\"");
        world.store("Appointment", "visitor-here", group);
        for (var path : new String[] {"Patient/visitor", "Patient/visitor-too", "Appointment/visitor-here"}) {
            assertThat(world.drAdams().get(path).statusCode()).as(path).isEqualTo(200);
        }
        world.store("Appointment", "visitor-here", group.replace("booked", "cancelled"));
        assertHidden(world.drAdams().get("Patient/visitor-too"), world.drAdams().get("Patient/nobody"));
        assertHidden(
                world.drAdams().get("Appointment/visitor-here"), world.drAdams().get("Appointment/nobody"));
    }

    @Test
    @DisplayName("AC-043: nobody opens a record by a visit of their own making")
    void isNotMadeByWhoWouldSeeTheRecord() {
        var visit = visit("booked", Duration.ofDays(1), "dr-adams", "accepted");
        var hidden = world.drAdams().post("Appointment", resource("Appointment", "x", visit));
        var unknown = world.drAdams()
                .post("Appointment", resource("Appointment", "x", visit.replace("Patient/visitor", "Patient/nobody")));
        assertThat(hidden.statusCode()).isIn(403, 422);
        assertThat(World.normalised(hidden)).isEqualTo(World.normalised(unknown));
        assertHidden(world.drAdams().get("Patient/visitor"), world.drAdams().get("Patient/nobody"));
    }

    /** At an hour of the night at which nobody else books. */
    private String visit(String status, Duration from, String practitioner, String answer) {
        var start = Instant.now(SHARED.clock())
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofHours(3))
                .plus(from);
        return """
                "status": "%s", "start": "%s", "end": "%s",
                "participant": [{"actor": {"reference": "Patient/visitor"}, "status": "accepted"},
                                {"actor": {"reference": "Practitioner/%s"}, "status": "%s"}]""".formatted(status, start, start.plus(Duration.ofMinutes(30)), practitioner, answer);
    }
}
