package org.rapport.product;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.OutsideDatabase;
import org.rapport.harness.SharedServer;

class BadInputIT {

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static OutsideDatabase database;
    private static FhirSession fhir;

    private long stored;

    @BeforeAll
    static void start() {
        database = SHARED.database();
        fhir = SHARED.session("demo-backend");
    }

    @BeforeEach
    void count() {
        stored = resources();
    }

    @AfterEach
    void nothingWasStored() {
        assertThat(resources()).isEqualTo(stored);
    }

    @Test
    @DisplayName("ER-001: an error of the database tells nothing but an id, and its log nothing of the patient")
    void tellsNothingOfTheDatabase() {
        SHARED.server().announce(500);
        database.execute("""
                create function refuse_er001() returns trigger language plpgsql as
                $$ begin raise exception 'er001' using errcode = 'undefined_table', detail = new.sp_value_exact; end $$""");
        database.execute("create trigger er001 before insert on hfj_spidx_string for each row"
                + " when (new.sp_value_exact = 'Erring-Name') execute function refuse_er001()");
        try {
            var answer = fhir.post("Patient", TestPatients.named("Erring-Name"));
            assertOutcome(answer, 500);
            assertThat(FhirSession.parsed(answer.body())
                            .at("/issue/0/diagnostics")
                            .asText())
                    .matches("Internal error, id=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(answer.body())
                    .doesNotContainIgnoringCase("insert")
                    .doesNotContain("er001", "hfj_", "Erring", "org.");
            assertThat(SHARED.server().output() + SHARED.server().errors())
                    .contains("er001")
                    .doesNotContainIgnoringCase("Erring");
        } finally {
            database.execute("drop trigger er001 on hfj_spidx_string");
            database.execute("drop function refuse_er001");
        }
    }

    /** What the database has no room for is a mistake in the data, and no conflict that another try would solve. */
    @Test
    @DisplayName("ER-001: a value that is too large is a mistake of its sender")
    void tellsThatAValueIsTooLarge() {
        var patient =
                "{\"resourceType\": \"Patient\", \"meta\": {\"profile\": [\"urn:test:" + "x".repeat(3_000) + "\"]}}";
        for (var answer :
                List.of(fhir.post("Patient", patient), fhir.post("", TestPatients.transaction(List.of(patient))))) {
            assertOutcome(answer, 400);
            assertThat(answer.body()).doesNotContain("xxx").contains("longer or larger");
        }
    }

    @Test
    void refusesBrokenJson() {
        assertOutcome(fhir.post("Patient", "{\"resourceType\": \"Patient\", "), 400);
    }

    @ParameterizedTest
    @DisplayName("PA-001: wherever XML comes in")
    @CsvSource({
        "POST, Patient, application/fhir+xml",
        "POST, Patient, text/xml",
        "PUT, Patient/xxe, application/fhir+xml",
        "POST, Patient/$validate, application/fhir+xml",
        "POST, '', application/fhir+xml",
        "PATCH, Patient/alice, application/fhir+xml",
        "PATCH, Patient/alice, application/xml-patch+xml",
        "PUT, Binary/xxe, application/fhir+xml",
    })
    void refusesAnXmlDoctype(String method, String path, String type) throws IOException {
        var xml = """
                <?xml version="1.0"?><!DOCTYPE Patient [<!ENTITY who SYSTEM "%s">]>
                <Patient xmlns="http://hl7.org/fhir"><name><family value="&who;"/></name></Patient>
                """;
        try (var inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (var canary : List.of("file:///etc/hostname", "http://127.0.0.1:" + inside.getLocalPort() + "/")) {
                var body = BodyPublishers.ofString(xml.formatted(canary));
                assertOutcome(fhir.send(method, path, type, body), 400);
            }
            inside.setSoTimeout(50);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    private static List<String> growingEntities() {
        var laughs = IntStream.range(0, 10)
                .mapToObj(level ->
                        "<!ENTITY %c '%s'>".formatted('b' + level, ("&" + (char) ('a' + level) + ";").repeat(10)))
                .collect(Collectors.joining());
        return List.of(
                laughs,
                "<!ENTITY b '" + "&a;".repeat(10_000) + "'>",
                "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>",
                "<!ENTITY % p SYSTEM 'file:///dev/zero'> %p;");
    }

    @ParameterizedTest
    @DisplayName("PA-003: entities that grow are refused within 200 ms")
    @MethodSource("growingEntities")
    void refusesEntitiesThatGrow(String entity) {
        var xml = "<!DOCTYPE Patient [<!ENTITY a '" + "x".repeat(100_000) + "'>" + entity
                + "]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&b;\"/></Patient>";
        assertQuick(
                200,
                () -> assertOutcome(
                        fhir.send("POST", "Patient", "application/fhir+xml", BodyPublishers.ofString(xml)), 400));
    }

    @ParameterizedTest
    @DisplayName("PA-019: follows no pattern of a search")
    @ValueSource(strings = {"family=", "family:exact=", "name=", "identifier=", "identifier:of-type=a%7Cb%7C"})
    void followsNoPatternOfASearch(String parameter) {
        var evil = "(a%2B)%2B%24" + "a".repeat(2_000) + "!";
        assertQuick(
                500,
                () -> assertThat(fhir.get("Patient?" + parameter + evil).statusCode())
                        .isLessThan(500));
    }

    @Test
    @DisplayName("PA-009: what is checked is what is stored")
    void refusesTwoSubjects() {
        assertOutcome(fhir.post("Observation", """
                {"resourceType": "Observation", "status": "final", "code": {"text": "x"},
                 "subject": {"reference": "Patient/alice"}, "subject": {"reference": "Patient/bob"}}"""), 400);
    }

    @ParameterizedTest
    @DisplayName("PA-015: refuses what is no text")
    @ValueSource(
            strings = {
                "a\u0000b",
                "\u00c0\u00af",
                "\u00ed\u00a0\u0080",
                "\u00ff",
                "\\ud800",
                "\\u0000",
                "+ADw-script\u0080"
            })
    void refusesWhatIsNoText(String latin) {
        var body = "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"" + latin + "\"}]}";
        assertOutcome(sent(body.getBytes(ISO_8859_1)), 400);
    }

    @Test
    @DisplayName("PA-015: refuses other encodings")
    void refusesOtherEncodings() {
        var body = TestPatients.named("Encoded");
        assertOutcome(sent(body.getBytes(UTF_16LE)), 400);
        assertOutcome(sent(("\ufeff" + body).getBytes(UTF_8)), 400);
    }

    @Test
    @DisplayName("PA-029: refuses a million extensions")
    void refusesAMillionExtensions() {
        var body = "{\"resourceType\": \"Patient\", \"extension\": [" + "{\"url\":\"u\"},".repeat(999_999)
                + "{\"url\":\"u\"}]}";
        assertQuick(1_000, () -> assertOutcome(fhir.post("Patient", body), 413));
    }

    @Test
    void refusesNestingWithoutEnd() {
        var depth = 10_000;
        var body = "{\"resourceType\": \"Patient\", \"extension\": " + "[{\"url\": \"u\", \"extension\": ".repeat(depth)
                + "[]" + "}]".repeat(depth) + "}";
        assertOutcome(fhir.post("Patient", body), 400);
    }

    @ParameterizedTest
    @DisplayName("WR-021, PA-011: refuses a large body")
    @ValueSource(ints = {6_000_000, 50_000_000})
    void refusesALargeBody(int size) {
        var body = "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"" + "a".repeat(size) + "\"}]}";
        var answer = fhir.post("Patient", body);
        assertOutcome(answer, 413);
        assertThat(answer.body()).contains("\"code\":\"too-long\"");
    }

    @Test
    void doesNotKnowATypeThatFhirDoesNotKnow() {
        assertOutcome(fhir.get("Unicorn/1"), 404);
        assertOutcome(fhir.post("Unicorn", "{\"resourceType\": \"Unicorn\"}"), 404);
    }

    @Test
    @DisplayName("PA-025: refuses what is neither JSON nor XML")
    void refusesWhatIsNeitherJsonNorXml() {
        var body = BodyPublishers.ofString(TestPatients.named("Text"));
        assertOutcome(fhir.send("POST", "Patient", "text/plain", body), 415);
    }

    @Test
    void refusesAResourceOfAnotherType() {
        assertOutcome(fhir.post("Observation", TestPatients.named("NotAnObservation")), 400);
    }

    @Test
    @DisplayName("PA-017: a page has 200 matches at most")
    void capsAPageAt200() {
        var patients = IntStream.range(0, 201)
                .mapToObj(number -> TestPatients.identified("page-" + number))
                .toList();
        FhirSession.json(fhir.post("", TestPatients.transaction(patients)));
        stored = resources();
        var page = FhirSession.json(fhir.get("Patient?_count=1000000"));
        assertThat(page.path("entry").size()).isEqualTo(200);
        assertOutcome(fhir.get("Patient?_count=-1"), 400);
        assertThat(fhir.get("Patient?_count=0").body()).doesNotContain("\"entry\"");
    }

    private static HttpResponse<String> sent(byte[] body) {
        return fhir.send("POST", "Patient", FhirSession.FHIR_JSON, BodyPublishers.ofByteArray(body));
    }

    /** The best of three tries, on a machine that does other things besides. */
    static void assertQuick(long millis, Runnable request) {
        var best = IntStream.range(0, 3)
                .mapToLong(attempt -> {
                    long begin = System.nanoTime();
                    request.run();
                    return (System.nanoTime() - begin) / 1_000_000;
                })
                .min();
        assertThat(best.orElseThrow()).isLessThan(millis);
    }

    static void assertOutcome(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var outcome = FhirSession.parsed(response.body());
        assertThat(outcome.path("resourceType").asText()).isEqualTo("OperationOutcome");
        assertThat(response.body()).doesNotContain("Exception", "ca.uhn", "\\tat ");
    }

    private static long resources() {
        return database.number("select count(*) from hfj_resource where res_type in ('Patient', 'Observation')");
    }
}
