package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Files belong to the documents that name them. */
class FileCasesIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static final String TEXT = "\"contentType\": \"text/plain\", \"data\": \"eA==\"";

    private static World world;
    private static FhirSession clerk;

    @BeforeAll
    static void prepare() {
        world = World.of(SHARED);
        clerk = SHARED.server().personSession("clerk-lee");
    }

    /** AC-053: a file is as open as the documents that name it, whatever it says of itself. */
    @Test
    void opensFilesByTheirDocuments() {
        for (var id : List.of("ac-file", "ac-report", "ac-foreign", "ac-orphan")) {
            world.store("Binary", id, TEXT);
        }
        world.store("Binary", "ac-forged", TEXT + ", \"securityContext\": {\"reference\": \"Patient/alice\"}");
        world.store(
                "DocumentReference",
                "ac-document",
                document("alice", SHARED.server().origin() + "/fhir/Binary/ac-file"));
        world.store("DocumentReference", "ac-foreign", document("bob", "Binary/ac-foreign"));
        world.store("DiagnosticReport", "ac-report", """
                "status": "final", "code": {"text": "ac"}, "subject": {"reference": "Patient/alice"},
                "presentedForm": [{"url": "Binary/ac-report"}]""");
        for (var session : List.of(world.alice(), world.drAdams())) {
            var raw = session.with("Accept", "text/plain");
            assertThat(FhirSession.json(session.get("Binary/ac-file"))
                            .path("data")
                            .asText())
                    .isEqualTo("eA==");
            assertThat(session.get("Binary/ac-report/_history/1").statusCode()).isEqualTo(200);
            for (var binary : List.of("ac-foreign", "ac-orphan", "ac-forged")) {
                assertHidden(session.get("Binary/" + binary), session.get("Binary/never-there"));
                assertHidden(raw.get("Binary/" + binary), raw.get("Binary/never-there"));
                assertHidden(
                        session.get("Binary/" + binary + "/_history/1"), session.get("Binary/never-there/_history/1"));
            }
            assertDenied(session.get("Binary?_id=ac-file"));
        }
        assertHidden(world.bob().get("Binary/ac-file"), world.bob().get("Binary/never-there"));
        assertDenied(clerk.get("Binary/ac-file"));
        assertThat(world.backend().get("Binary/ac-orphan").statusCode()).isEqualTo(200);
        var officer = SHARED.server().personSession("privacy-kim");
        assertThat(FhirSession.json(officer.get("AuditEvent?patient=Patient/alice&entity=Binary/ac-file&action=R"))
                        .path("entry"))
                .isNotEmpty();
    }

    /** AC-053: what is in the place of a file that a document named is not what the document named. */
    @Test
    void opensTheFileOfTodayOrTheVersionNamed() {
        world.store("Binary", "ac-changed", TEXT);
        world.store("Binary", "ac-changed", TEXT.replace("eA==", "eQ=="));
        world.store("DocumentReference", "ac-changed", document("alice", "Binary/ac-changed"));
        assertThat(world.alice().get("Binary/ac-changed").statusCode()).isEqualTo(200);
        assertHidden(
                world.alice().get("Binary/ac-changed/_history/1"), world.alice().get("Binary/never-there/_history/1"));
        world.store("DocumentReference", "ac-changed", document("alice", "Binary/ac-changed/_history/1"));
        assertThat(world.alice().get("Binary/ac-changed/_history/1").statusCode())
                .isEqualTo(200);
        assertHidden(world.alice().get("Binary/ac-changed"), world.alice().get("Binary/never-there"));
        World.delete(world.backend(), "DocumentReference/ac-changed");
        assertHidden(
                world.alice().get("Binary/ac-changed/_history/1"), world.alice().get("Binary/never-there/_history/1"));
    }

    private static String document(String patient, String url) {
        return """
                "status": "current", "subject": {"reference": "Patient/%s"},
                "content": [{"attachment": {"url": "%s"}}]""".formatted(patient, url);
    }
}
