package org.rapport.product;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.product.BadInputIT.assertOutcome;
import static org.rapport.product.BadInputIT.assertQuick;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** Input whose form is good and whose content would do something. */
class BadContentIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static FhirSession fhir;

    @BeforeAll
    static void start() {
        fhir = SHARED.session("demo-backend");
    }

    @ParameterizedTest
    @DisplayName("PA-007, PA-019: no function of the caller's choice is run, no pattern of theirs is followed")
    @ValueSource(
            strings = {
                "Patient.name.where(family.matches('(a+)+$'))",
                "Patient.name.where('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('(a+)+$')).family",
                "Patient.name.where(family.replaceMatches('(a+)+$', 'x') = 'y')",
                "Patient.where(true)",
                "Patient.repeat(name)",
                "(((",
                "",
            })
    void runsNoFunctionOfAPatch(String path) {
        var patch = """
                {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
                  {"name": "type", "valueCode": "delete"}, {"name": "path", "valueString": "%s"}]}]}""".formatted(path);
        assertQuick(500, () -> assertOutcome(patched("Patient/alice", patch), 422));
        var batch = """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": %s, "request": {"method": "PATCH", "url": "Patient/alice"}}]}""".formatted(patch);
        assertOutcome(fhir.post("", batch), 422);
    }

    @ParameterizedTest
    @DisplayName("PA-007: no profile has a constraint whose pattern would not come to an end")
    @ValueSource(strings = {"name.family.all(matches('^a*a*a*a*a*a*b$'))", "name.family.matches('(a+)+$')"})
    void takesNoPatternOfAConstraint(String expression) {
        var profile = """
                {"resourceType": "StructureDefinition", "url": "urn:test:pattern", "name": "Pattern", "status": "active",
                 "kind": "resource", "abstract": false, "type": "Patient", "derivation": "constraint",
                 "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
                 "differential": {"element": [{"id": "Patient", "path": "Patient", "constraint": [
                   {"key": "pattern-1", "severity": "error", "human": "x", "expression": "%s"}]}]}}""";
        assertQuick(500, () -> assertOutcome(fhir.post("StructureDefinition", profile.formatted(expression)), 422));
        var transaction = TestPatients.transaction(List.of(profile.formatted(expression)));
        assertOutcome(
                fhir.post("", transaction.replace("\"url\": \"Patient\"", "\"url\": \"StructureDefinition\"")), 422);
        var plain = fhir.post("StructureDefinition", profile.formatted("name.family.all(matches('^[A-Z][a-z]*$'))"));
        assertThat(plain.statusCode()).as(plain.body()).isEqualTo(201);
        var patient = "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"" + "a".repeat(300) + "\"}]}";
        assertQuick(
                500,
                () -> assertThat(fhir.post("Patient/$validate?profile=urn:test:pattern", patient)
                                .body())
                        .contains("pattern-1"));
        var made = FhirSession.json(plain).path("id").asText();
        fhir.send("DELETE", "StructureDefinition/" + made, "", BodyPublishers.noBody());
    }

    /** A patch that is plain works, and one that fits nothing is a mistake of its sender. */
    @Test
    void takesAPlainPatch() {
        var patch = """
                {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": [
                  {"name": "type", "valueCode": "%s"}, {"name": "path", "valueString": "%s"}, {"name": "name", "valueString": "%s"},
                  {"name": "value", "valueBoolean": true}]}]}""";
        assertThat(patched("Patient/alice", patch.formatted("replace", "Patient.active", ""))
                        .statusCode())
                .isEqualTo(200);
        assertOutcome(patched("Patient/alice", patch.formatted("add", "Patient", "bogus")), 422);
    }

    @ParameterizedTest
    @DisplayName("IN-007: every parameter and every order, and none of it is SQL")
    @ValueSource(strings = {"Patient", "Observation", "Appointment"})
    void findsNothingByPiecesOfSql(String type) {
        var metadata = FhirSession.json(fhir.get("metadata")).at("/rest/0/resource");
        var parameters = StreamSupport.stream(metadata.spliterator(), false)
                .filter(resource -> resource.path("type").asText().equals(type))
                .flatMap(resource ->
                        StreamSupport.stream(resource.path("searchParam").spliterator(), false))
                .map(parameter -> parameter.path("name").asText())
                .filter(name -> !name.startsWith("_"))
                .toList();
        assertThat(parameters).hasSizeGreaterThan(5);
        for (var piece :
                List.of("' or '1'='1", "\"; drop table hfj_resource; --", "\\'||pg_sleep(9)--", "$.x[*]%_", "a\\")) {
            var value = URLEncoder.encode(piece, UTF_8);
            for (var parameter : parameters) {
                var found = fhir.get(type + "?" + parameter + "=" + value);
                assertThat(found.statusCode())
                        .as("%s=%s %s", parameter, piece, found.body())
                        .isIn(200, 400);
                assertThat(found.body()).as("%s=%s", parameter, piece).doesNotContain("\"entry\"");
            }
            assertThat(fhir.get(type + "?_sort=" + value).statusCode()).isEqualTo(400);
            assertThat(fhir.get(type + "?_id=" + value).body()).doesNotContain("\"entry\"");
        }
    }

    @ParameterizedTest
    @DisplayName("IN-009: stores what is allowed of a narrative that does more")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            <p>a<script>x()</script></p>                                             | <p>a</p>
            <form action='https://evil.example.org'><p>a</p><input name='p'/></form> | <p>a</p>
            <p style='position: fixed; top: 0'>a</p>                                 | <p>a</p>
            <a href='javascript:x()'>a</a>                                           | <a>a</a>
            <p onclick='x()'>a</p>                                                   | <p>a</p>
            """)
    void storesWhatIsAllowedOfANarrative(String html, String left) {
        var narrative = "{\"status\": \"generated\", \"div\": \"<div xmlns='http://www.w3.org/1999/xhtml'>" + html
                + "</div>\"}";
        var patient = "{\"resourceType\": \"Patient\", \"text\": " + narrative + "}";
        var created = fhir.post("Patient", patient);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertDiv(created, left);
        var path = "Patient/" + FhirSession.json(created).path("id").asText();
        assertDiv(fhir.get(path), left);
        assertThat(fhir.post("", TestPatients.transaction(List.of(patient))).statusCode())
                .isEqualTo(200);
        var last = FhirSession.json(fhir.get("Patient?_sort=-_lastUpdated&_count=1"));
        assertThat(last.at("/entry/0/resource/id").asText()).isNotEqualTo(path.substring("Patient/".length()));
        assertThat(last.at("/entry/0/resource/text/div").asText()).isEqualTo(div(left));
        var patch = "[{\"op\": \"add\", \"path\": \"/text\", \"value\": " + narrative + "}]";
        fhir.send("PATCH", path, "application/json-patch+json", BodyPublishers.ofString(patch.replace(">a<", ">b<")));
        assertDiv(fhir.get(path), left.replace(">a<", ">b<"));
    }

    @Test
    @DisplayName("IN-009: of a narrative that only runs nothing is left")
    void storesNoEmptyNarrative() {
        var created = fhir.post(
                "Patient",
                "{\"resourceType\": \"Patient\", \"text\": {\"status\": \"generated\", \"div\": \""
                        + "<div xmlns='http://www.w3.org/1999/xhtml'><script>x()</script></div>\"}}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        var path = "Patient/" + FhirSession.json(created).path("id").asText();
        assertThat(FhirSession.json(fhir.get(path)).has("text")).isFalse();
    }

    private static void assertDiv(HttpResponse<String> answer, String content) {
        assertThat(FhirSession.json(answer).at("/text/div").asText()).isEqualTo(div(content));
    }

    private static String div(String content) {
        return "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + content + "</div>";
    }

    @Test
    @DisplayName("IN-013: refuses files that are not what they say")
    void refusesFilesThatAreNotWhatTheySay() {
        var eicar = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
        assertOutcome(fhir.send("POST", "Binary", "text/plain", BodyPublishers.ofString(eicar)), 422);
        assertOutcome(fhir.send("POST", "Binary", "image/png", BodyPublishers.ofString("no picture")), 422);
        assertOutcome(fhir.post("DocumentReference", document("application/pdf", "<html>no document</html>")), 422);
        assertOutcome(fhir.post("DocumentReference", document("image/gif", "GIF89a<script>x()</script>")), 422);
        assertThat(fhir.post("DocumentReference", document("application/pdf", "%PDF-1.7 x"))
                        .statusCode())
                .isEqualTo(201);
    }

    private static HttpResponse<String> patched(String path, String patch) {
        return fhir.send("PATCH", path, FhirSession.FHIR_JSON, BodyPublishers.ofString(patch));
    }

    private static String document(String type, String content) {
        return """
                {"resourceType": "DocumentReference", "status": "current", "subject": {"reference": "Patient/alice"},
                 "content": [{"attachment": {"contentType": "%s", "data": "%s"}}]}""".formatted(type, Base64.getEncoder().encodeToString(content.getBytes(UTF_8)));
    }
}
