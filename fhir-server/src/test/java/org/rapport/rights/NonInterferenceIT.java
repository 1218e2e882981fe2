package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.observation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;
import org.rapport.rights.RandomRequests.Question;

/**
 * One patient's records change no answer of those who may not see them: the same random questions are asked of the world
 * before it holds them and after. {@code -Drapport.pairs} sets how many, {@code -Drapport.seed} which.
 */
class NonInterferenceIT {

    private static final long SEED = Long.getLong("rapport.seed", 20_261_129L);
    private static final int PAIRS =
            Integer.getInteger("rapport.pairs", Boolean.getBoolean("rapport.soak") ? 50_000 : 5_000);

    private static final List<String> DESK =
            List.of("Patient/secret", "Appointment/secret-visit", "Appointment/secret-group", "Coverage/secret-cover");
    private static final List<String> CLINICAL = List.of(
            "Encounter/secret-encounter",
            "Observation/secret-observation",
            "Condition/secret-condition",
            "CareTeam/secret-team",
            "Communication/secret-message",
            "DocumentReference/secret-document",
            "Binary/secret-file");

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static World world;
    private static FhirSession clerk;
    private static JsonNode capabilities;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
        capabilities = FhirSession.json(world.backend().get("metadata"));
        forget();
    }

    @AfterAll
    static void forget() {
        // what is referred to can go only after what refers to it
        for (int round = 0; round < 3; round++) {
            Stream.concat(CLINICAL.stream(), DESK.stream()).forEach(path -> World.delete(world.backend(), path));
        }
    }

    @Test
    void anotherPatientAndAnotherDoctorAndTheDeskAreToldNothing() {
        var everything =
                questions(Stream.concat(DESK.stream(), CLINICAL.stream()).toList(), PAIRS / 3);
        var clinical = questions(CLINICAL, PAIRS - 2 * (PAIRS / 3));
        var patientBefore = answers(world.alice(), everything);
        var doctorBefore = answers(world.drAdams(), everything);
        var treatingBefore = answers(world.drBrandt(), everything);
        storeForTheDesk();
        var deskBefore = answers(clerk, clinical);
        storeClinical();
        assertSame(clinical, deskBefore, answers(clerk, clinical));
        assertSame(everything, patientBefore, answers(world.alice(), everything));
        assertSame(everything, doctorBefore, answers(world.drAdams(), everything));
        assertThat(answers(world.drBrandt(), everything))
                .as("whoever treats the patient is told")
                .isNotEqualTo(treatingBefore);
    }

    private static List<Question> questions(List<String> hidden, int count) {
        var requests = new RandomRequests(SEED, capabilities, hidden);
        return Stream.generate(requests::next).limit(count).toList();
    }

    private static List<String> answers(FhirSession session, List<Question> questions) {
        var answers = new ArrayList<String>();
        for (var question : questions) {
            var pages = question.ask(session);
            assertThat(pages)
                    .as(question.toString())
                    .allSatisfy(page -> assertThat(page.statusCode()).isLessThan(500));
            answers.add(pages.stream().map(World::normalised).collect(Collectors.joining("\n")));
        }
        return answers;
    }

    private static void assertSame(List<Question> questions, List<String> before, List<String> after) {
        for (int i = 0; i < questions.size(); i++) {
            assertThat(after.get(i)).as("seed %d: %s", SEED, questions.get(i)).isEqualTo(before.get(i));
        }
    }

    private static void storeForTheDesk() {
        world.store("Patient", "secret", """
                "active": true, "birthDate": "2001-02-03", "name": [{"family": "Secretive", "given": ["Se"]}],
                "generalPractitioner": [{"reference": "Practitioner/dr-brandt"}]""");
        world.store("Appointment", "secret-visit", """
                "status": "booked", "start": "2001-02-03T10:00:00Z", "end": "2001-02-03T11:00:00Z",
                "participant": [{"actor": {"reference": "Patient/secret"}, "status": "accepted"},
                                {"actor": {"reference": "Practitioner/dr-adams"}, "status": "accepted"}]""");
        world.store("Appointment", "secret-group", """
                "status": "booked", "start": "2001-02-03T12:00:00Z", "end": "2001-02-03T13:00:00Z",
                "participant": [{"actor": {"reference": "Patient/secret"}, "status": "accepted"},
                                {"actor": {"reference": "Patient/alice"}, "status": "accepted"},
                                {"actor": {"reference": "Practitioner/dr-adams"}, "status": "accepted"}]""");
        world.store("Coverage", "secret-cover", """
                "status": "active", "beneficiary": {"reference": "Patient/secret"},
                "payor": [{"reference": "Organization/org-south"}]""");
    }

    private static void storeClinical() {
        world.store("Encounter", "secret-encounter", """
                "status": "finished", "class": {"system": "urn:test:codes", "code": "secret-code"},
                "subject": {"reference": "Patient/secret"}, "period": {"start": "2001-02-03"},
                "participant": [{"individual": {"reference": "Practitioner/dr-adams"}}]""");
        world.store("Observation", "secret-observation", observation("secret", "secret-code") + """
                , "encounter": {"reference": "Encounter/secret-encounter"}, "effectiveDateTime": "2001-02-03",
                "performer": [{"reference": "Practitioner/dr-adams"}, {"reference": "Patient/alice"}]""");
        world.store("Condition", "secret-condition", """
                "subject": {"reference": "Patient/secret"}, "asserter": {"reference": "Practitioner/dr-adams"},
                "code": {"coding": [{"system": "urn:test:codes", "code": "secret-code"}]},
                "encounter": {"reference": "Encounter/secret-encounter"}, "recordedDate": "2001-02-03\"""");
        world.store("CareTeam", "secret-team", """
                "status": "active", "subject": {"reference": "Patient/secret"},
                "participant": [{"member": {"reference": "Practitioner/dr-brandt"}},
                                {"member": {"reference": "Patient/alice"}}]""");
        world.store("Communication", "secret-message", """
                "status": "completed", "subject": {"reference": "Patient/secret"},
                "recipient": [{"reference": "Practitioner/dr-adams"}, {"reference": "Patient/alice"}]""");
        world.store("Binary", "secret-file", """
                "contentType": "text/plain", "data": "eA==", "securityContext": {"reference": "Patient/alice"}""");
        world.store("DocumentReference", "secret-document", """
                "status": "current", "subject": {"reference": "Patient/secret"},
                "author": [{"reference": "Practitioner/dr-adams"}],
                "content": [{"attachment": {"url": "Binary/secret-file"}}]""");
    }
}
