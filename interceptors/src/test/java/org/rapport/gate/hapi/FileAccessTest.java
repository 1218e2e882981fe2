package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.AccessDecision;
import org.rapport.access.Action;
import org.rapport.access.Caller.Role;
import org.rapport.access.Consents;
import org.rapport.access.Relations;
import org.rapport.access.Target;

/** AC-053: a file is as open as the documents that name it. */
class FileAccessTest extends TwoRecords {

    private static final String BASE = "http://127.0.0.1/fhir/";

    @BeforeEach
    void storeFiles() {
        for (var id : List.of("alices", "bobs", "orphan", "forged")) {
            store(id, "first");
        }
        store("alices", "second");
        server.store(document("of-alice", "alice", "Binary/alices"));
        server.store(document("of-bob", "bob", "Binary/bobs"));
    }

    @Test
    void isReadByWhoReadsADocumentThatNamesIt() {
        for (var token : List.of(ALICE, DR_X)) {
            assertThat(get("Binary/alices", token).statusCode()).isEqualTo(200);
            assertThat(get("Binary/alices/_history/2", token).statusCode()).isEqualTo(200);
            assertThat(raw("Binary/alices", token).body()).isEqualTo("second");
        }
        assertThat(get("Binary/alices", DR_Y).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Binary/bobs", "Binary/orphan", "Binary/forged", "Binary/bobs/_history/1"})
    void isHiddenAsIfItWereNot(String path) {
        var unknown = path.replaceAll("bobs|orphan|forged", "never");
        for (var token : List.of(ALICE, DR_X)) {
            assertThat(get(path, token).statusCode()).isEqualTo(404);
            assertThat(normalised(get(path, token))).isEqualTo(normalised(get(unknown, token)));
            assertThat(normalised(raw(path, token))).isEqualTo(normalised(raw(unknown, token)));
        }
        assertThat(get(path, READER).statusCode()).isEqualTo(200);
    }

    /** What a document names is the file of today, or the version it says. */
    @Test
    void isOpenInTheVersionThatIsNamed() {
        assertThat(get("Binary/alices/_history/1", ALICE).statusCode()).isEqualTo(404);
        server.store(document("old", "alice", BASE + "Binary/alices/_history/1"));
        assertThat(raw("Binary/alices/_history/1", ALICE).body()).isEqualTo("first");
        server.store(document("of-alice", "alice", "Binary/other"));
        assertThat(get("Binary/alices", ALICE).statusCode()).isEqualTo(404);
        assertThat(get("Binary/alices/_history/1", ALICE).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/fhir/Binary/orphan",
                "Binary/orphan?x",
                "Media/orphan",
                "Binary/orphan2"
            })
    void isNotNamedByAnotherUrl(String url) {
        server.store(document("of-alice", "alice", url));
        assertThat(get("Binary/orphan", ALICE).statusCode()).isEqualTo(404);
    }

    @Test
    void needsItsScope() {
        var without = alice("patient/DocumentReference.rs");
        var withoutDocuments = alice("patient/Binary.r");
        var both = alice("patient/Binary.r patient/DocumentReference.r");
        assertThat(get("Binary/alices", without).statusCode()).isEqualTo(403);
        assertThat(get("Binary/alices", withoutDocuments).statusCode()).isEqualTo(404);
        assertThat(get("Binary/alices", both).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Binary", "Binary?_id=alices", "Binary/_history", "Binary/alices/_history"})
    void isSearchedForByNobody(String path) {
        assertDenied(get(path, ALICE));
        assertDenied(get(path, DR_X));
    }

    @Test
    void isWrittenByNobody() {
        var file = file("alices", "mine");
        for (var token : List.of(ALICE, DR_X)) {
            assertDenied(send("POST", "/Binary", token, file));
            assertDenied(send("PUT", "/Binary/alices", token, file));
            assertDenied(send("DELETE", "/Binary/alices", token, ""));
        }
    }

    /** Else a document of one's own would open whatever it names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Binary/bobs",
                "Binary/orphan",
                "Binary/not-there-yet",
                BASE + "Binary/bobs",
                "Binary/bobs/_history/1",
                "Binary/alices/_history/1",
                "Binary/alices/_history/3"
            })
    void isNotOpenedByAttachingIt(String url) {
        var refused = send("POST", "/DocumentReference", DR_X, document("", "alice", url));
        var unknown = send("POST", "/DocumentReference", DR_X, document("", "alice", "Binary/never"));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(normalised(refused)).isEqualTo(normalised(unknown));
        assertThat(send("PUT", "/DocumentReference/of-alice", DR_X, document("of-alice", "alice", url))
                        .statusCode())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Binary/alices", BASE + "Binary/alices/_history/2", "https://elsewhere.example/Binary/bobs"})
    void isAttachedByWhoSeesIt(String url) {
        assertThat(send("POST", "/DocumentReference", DR_X, document("", "alice", url))
                        .statusCode())
                .isEqualTo(201);
    }

    /** A consent can close the document, or the file alone. */
    @ParameterizedTest
    @ValueSource(strings = {"DocumentReference", "Binary"})
    void isClosedByConsent(String type) {
        server.begin(
                new Relations(practitioner -> Set.of("alice"), user -> Set.of()),
                (caller, relations, stage) -> closing(type));
        storeFiles();
        assertThat(get("Binary/alices", DR_X).statusCode()).isEqualTo(404);
    }

    /** A patient who denies a file is not overruled by another whose document names it too. */
    @Test
    void isClosedToStaffByAnyPatientItIsAbout() {
        server.begin(
                new Relations(practitioner -> Set.of("alice", "bob"), user -> Set.of()),
                (caller, relations, stage) -> caller.is(Role.CLINICIAN) ? closing("Binary") : Consents.Asked.NEVER);
        storeFiles();
        server.store(document("both", "bob", "Binary/alices"));
        assertThat(get("DocumentReference/both", DR_X).statusCode()).isEqualTo(200);
        assertThat(get("Binary/alices", DR_X).statusCode()).isEqualTo(404);
        assertThat(get("Binary/bobs", DR_X).statusCode()).isEqualTo(200);
        assertThat(get("Binary/alices", ALICE).statusCode()).isEqualTo(200);
    }

    /** Else a document that passes to another patient would take its file along, out of the first one's consents. */
    @Test
    void isLookedAtAnewWhenItsDocumentPassesToAnother() {
        server.begin(
                new Relations(practitioner -> Set.of("alice", "bob"), user -> Set.of()),
                (caller, relations, stage) -> closing("Binary"));
        storeFiles();
        assertThat(send("PUT", "/DocumentReference/of-alice", DR_X, document("of-alice", "bob", "Binary/alices"))
                        .statusCode())
                .isEqualTo(422);
    }

    private static Consents.Asked closing(String type) {
        return new Consents.Asked() {
            @Override
            public void prepare(Set<String> patients) {
                // it is known
            }

            @Override
            public AccessDecision decide(Action action, Target.Resource target) {
                return target.type().equals(type) && target.patients().contains("alice")
                        ? new AccessDecision.Deny("consent")
                        : new AccessDecision.Permit();
            }

            @Override
            public Set<String> permitting(Action action, Target.Resource target) {
                return Set.of();
            }
        };
    }

    private void store(String id, String content) {
        server.store(file(id, content));
    }

    private static Binary file(String id, String content) {
        var file = new Binary().setContentType("text/plain").setData(content.getBytes(StandardCharsets.UTF_8));
        if (id.equals("forged")) {
            file.setSecurityContext(new Reference("Patient/alice"));
        }
        file.setId(id);
        return file;
    }

    private static DocumentReference document(String id, String patient, String url) {
        var document = new DocumentReference().setSubject(new Reference("Patient/" + patient));
        document.addContent().getAttachment().setUrl(url);
        document.setId(id);
        return document;
    }

    private static HttpResponse<String> raw(String path, String token) {
        return send(request("/fhir/" + path, token).header("Accept", "text/plain"));
    }
}
