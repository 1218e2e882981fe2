package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.observation;
import static org.rapport.rights.World.resource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What is more than a page holds is served whole, and is no error where the server itself looks it up. */
class MoreThanAPageIT {

    private static final int MANY = 210;

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
    }

    /** OP-005: nothing of the record is lost between pages. */
    @Test
    void everythingOfALongRecord() {
        world.store("Patient", "many", patientOfBrandt());
        world.store("Appointment", "many-and-alice", """
                "status": "proposed", "participant": [{"actor": {"reference": "Patient/many"}, "status": "accepted"},
                                                      {"actor": {"reference": "Patient/alice"}, "status": "accepted"}]""");
        transaction(number -> put("Observation", "many-" + number, observation("many", "x")));
        for (var query : List.of("", "?_count=40")) {
            assertThat(world.drBrandt().searchAll("Patient/many/$everything" + query))
                    .extracting(found -> found.path("id").asText())
                    .doesNotHaveDuplicates()
                    .contains("many", "many-0", "many-" + (MANY - 1))
                    .doesNotContain("many-and-alice");
        }
    }

    @Test
    void whatIsSearchedByPost() {
        world.store("Patient", "posted", patientOfBrandt());
        for (var id : List.of("posted-1", "posted-2", "posted-3")) {
            world.store("Observation", id, observation("posted", "posted"));
        }
        var first = FhirSession.json(world.drBrandt()
                .send(
                        "POST",
                        "Observation/_search",
                        "application/x-www-form-urlencoded",
                        BodyPublishers.ofString("code=posted&_count=2")));
        assertThat(World.ids(first)).containsExactly("Observation/posted-1", "Observation/posted-2");
        var next = first.at("/link/1/url").asText();
        assertThat(next).contains("/fhir/Observation?", "code=posted");
        assertThat(world.drBrandt().searchAll(next.substring(next.indexOf("Observation?"))))
                .extracting(found -> found.path("id").asText())
                .containsExactly("posted-3");
    }

    @Test
    void theDayOfADoctorOfManyPatients() {
        transaction(number -> put("Patient", "one-of-many-" + number, patientOfBrandt()));
        try {
            assertThat(world.drBrandt().get("Patient/one-of-many-" + (MANY - 1)).statusCode())
                    .isEqualTo(200);
            assertThat(world.drBrandt().searchAll("Patient?_count=200"))
                    .extracting(found -> found.path("id").asText())
                    .doesNotHaveDuplicates()
                    .contains("one-of-many-0", "one-of-many-" + (MANY - 1));
        } finally {
            transaction(number ->
                    "{\"request\": {\"method\": \"DELETE\", \"url\": \"Patient/one-of-many-" + number + "\"}}");
        }
    }

    private static String patientOfBrandt() {
        return "\"generalPractitioner\": [{\"reference\": \"Practitioner/dr-brandt\"}]";
    }

    private static String put(String type, String id, String rest) {
        return "{\"resource\": " + resource(type, id, rest) + ", \"request\": {\"method\": \"PUT\", \"url\": \"" + type
                + "/" + id + "\"}}";
    }

    private static void transaction(IntFunction<String> entry) {
        var entries = IntStream.range(0, MANY).mapToObj(entry).collect(Collectors.joining(", "));
        var answer = world.backend()
                .post("", "{\"resourceType\": \"Bundle\", \"type\": \"transaction\", \"entry\": [" + entries + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
