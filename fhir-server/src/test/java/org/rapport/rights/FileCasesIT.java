package org.rapport.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rapport.rights.World.assertDenied;
import static org.rapport.rights.World.assertHidden;
import static org.rapport.rights.World.resource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

    @Test
    @DisplayName("AC-053: a file is as open as the documents that name it, whatever it says of itself")
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

    @Test
    @DisplayName("AC-053: what is in the place of a file that a document named is not what the document named")
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

    @ParameterizedTest
    @DisplayName("AC-053, WR-003: who attaches a file could read it")
    @ValueSource(
            strings = {"Binary/wr-file", "Binary/never-there", "%s/fhir/Binary/wr-file", "Binary/wr-file/_history/1"})
    void attachesNoFileThatIsHidden(String url) {
        world.store("Binary", "wr-file", "\"contentType\": \"text/plain\", \"data\": \"eA==\"");
        var attached = """
                "status": "current", "subject": {"reference": "Patient/alice"},
                "content": [{"attachment": {"url": "%s"}}]""".formatted(url.formatted(SHARED.server().origin()));
        var document = resource("DocumentReference", "wr-attached", attached);
        assertThat(world.drAdams().post("DocumentReference", document).statusCode())
                .isEqualTo(422);
        assertThat(world.drAdams().get("Binary/wr-file").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("AC-055: fetches no attachment")
    void fetchesNoAttachment() throws IOException {
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var urls = List.of(
                    "http://127.0.0.1:" + inside.getLocalPort() + "/x",
                    "http://169.254.169.254/",
                    "file:///etc/passwd");
            var contents = urls.stream()
                    .map("{\"attachment\": {\"contentType\": \"text/plain\", \"url\": \"%s\"}}"::formatted)
                    .collect(Collectors.joining(","));
            world.store("DocumentReference", "wr-linked", """
                    "status": "current", "subject": {"reference": "Patient/alice"}, "content": [%s]""".formatted(contents));
            assertThat(world.alice().get("DocumentReference/wr-linked").body()).contains(urls);
            inside.setSoTimeout(300);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    private static String document(String patient, String url) {
        return """
                "status": "current", "subject": {"reference": "Patient/%s"},
                "content": [{"attachment": {"url": "%s"}}]""".formatted(patient, url);
    }
}
