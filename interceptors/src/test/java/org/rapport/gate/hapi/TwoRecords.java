package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.rapport.access.Relations;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestTokens;

/** Alice and Bob, of whom Dr X treats Alice; case numbers are those of the security reference. */
abstract class TwoRecords {

    static final String ALICE = TestTokens.patient("alice");
    static final String DR_X = TestTokens.clinician("dr-x");
    static final String DR_Y = TestTokens.clinician("dr-y");
    static final String BACKEND = TestTokens.system("system/*.cruds");
    static final String READER = TestTokens.system("system/*.rs");

    final TestFhirServer server = RunningServer.fhir();

    @BeforeEach
    void begin() {
        server.begin(new Relations(
                practitioner -> practitioner.equals("Practitioner/dr-x") ? Set.of("alice") : Set.of(),
                user -> user.equals("RelatedPerson/guardian") ? Set.of("c1", "c2") : Set.of()));
        for (var id : List.of("alice", "bob")) {
            var patient = new Patient();
            patient.addName().setFamily(id);
            patient.setId(id);
            server.store(patient);
            server.store(observation("of-" + id, id));
        }
        var organization = new Organization().setName("North");
        organization.setId("org-north");
        server.store(organization);
    }

    /** Alice by an app with some scopes. */
    static String alice(String scope) {
        return TestTokens.signed(claims -> claims.subject("alice")
                .claim("scope", scope)
                .claim("roles", List.of("patient"))
                .claim("fhirUser", "Patient/alice")
                .claim("patient", "alice"));
    }

    static void assertDenied(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"forbidden\"", "\"diagnostics\":\"Access denied\"");
    }

    static long entries(HttpResponse<String> answer) {
        return FHIR.newJsonParser()
                .parseResource(Bundle.class, answer.body())
                .getEntry()
                .size();
    }

    static Map<String, Object> normalised(HttpResponse<String> answer) {
        var all = new TreeMap<String, Object>(answer.headers().map());
        all.keySet().removeAll(List.of("date", "x-request-id", "connection", "keep-alive"));
        all.put(":status", answer.statusCode());
        all.put(":body", answer.body());
        return all;
    }

    String subject(String observation) {
        return ((Observation) server.current("Observation", observation).orElseThrow())
                .getSubject()
                .getReference();
    }

    static Observation observation(String id, String patient) {
        var observation = new Observation().setSubject(new Reference("Patient/" + patient));
        observation.setId(id);
        return observation;
    }

    static Patient patient(String id) {
        var patient = new Patient().setActive(true);
        patient.setId(id);
        return patient;
    }

    static Bundle bundle(BundleType type) {
        return new Bundle().setType(type);
    }

    static void add(Bundle bundle, HTTPVerb method, String url, Resource resource) {
        add(bundle, method, url).setResource(resource);
    }

    static Bundle.BundleEntryComponent add(Bundle bundle, HTTPVerb method, String url) {
        var entry = bundle.addEntry();
        entry.getRequest().setMethod(method).setUrl(url);
        return entry;
    }

    static Observation coded(String id, String patient, String code) {
        var observation = observation(id, patient).setEncounter(new Reference("Encounter/visit-of-" + patient));
        observation.getCode().addCoding(new Coding("http://example.org/codes", code, null));
        return observation;
    }
}
