package org.rapport.limit.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.get;
import static org.rapport.testing.RunningServer.request;
import static org.rapport.testing.RunningServer.send;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.ProxyRelations;
import org.rapport.access.Relations;
import org.rapport.failure.hapi.TestFailures;
import org.rapport.testing.RunningServer;
import org.rapport.testing.TestTokens;

/** Each kind of bad input at the FHIR base gets its answer, and nothing is stored. */
class BadInputTest {

    private static final String BACKEND = TestTokens.system("system/*.cruds");
    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"active\":true}";

    @BeforeEach
    void begin() {
        RunningServer.fhir().begin(new Relations(practitioner -> Set.of(), ProxyRelations.NONE));
    }

    @ParameterizedTest
    @DisplayName("PA-009: refuses broken JSON")
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\"",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"SECRET-VALUE\"}",
                "{\"resourceType\":\"Unheard\"}",
                "{\"resourceType\":\"Patient\",\"active\":true,\"active\":false}",
                "{\"active\":true}",
                "[]",
                "SECRET-VALUE",
            })
    void refusesBrokenJson(String body) {
        var answer = post("/fhir/Patient", JSON, body);
        assertRefused(answer, 400);
        assertThat(answer.body()).doesNotContain("SECRET-VALUE");
    }

    @ParameterizedTest
    @DisplayName("PA-001: refuses broken XML")
    @ValueSource(
            strings = {
                "<Patient xmlns=\"http://hl7.org/fhir\">",
                "<!DOCTYPE Patient><Patient xmlns=\"http://hl7.org/fhir\"/>",
                "<!DOCTYPE Patient [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                        + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&x;\"/></Patient>",
                "<Unheard xmlns=\"http://hl7.org/fhir\"/>",
            })
    void refusesBrokenXml(String body) {
        assertRefused(post("/fhir/Patient", XML, body), 400);
    }

    @Test
    void refusesDeepNesting() {
        assertRefused(post("/fhir/Patient", JSON, "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)), 400);
        assertRefused(post("/fhir/Patient", JSON, "[".repeat(10_000)), 400);
        assertRefused(post("/fhir/Patient", XML, "<a>".repeat(10_000) + "</a>".repeat(10_000)), 400);
    }

    @ParameterizedTest
    @CsvSource({"/fhir/Patient, 1048577", "/fhir, 4194305", "/fhir/, 52428800"})
    void refusesALargeBody(String path, int size) {
        assertRefused(post(path, JSON, "{\"a\":\"" + "x".repeat(size) + "\"}"), 413);
    }

    @Test
    @DisplayName("PA-011: a large body is refused at the limit, not at the end")
    void refusesALargeBodyWithoutLength() {
        var body = ("{\"a\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(UTF_8);
        assertRefused(
                send(request("/fhir/Patient", BACKEND)
                        .header("Content-Type", JSON)
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))),
                413);
    }

    @Test
    @DisplayName("PA-011: a body of 1 GB is refused before it is sent")
    void refusesAGigabyteUnread() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RunningServer.port())) {
            socket.setSoTimeout(5_000);
            var head = "POST /fhir/Patient HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + BACKEND
                    + "\r\nContent-Type: " + JSON + "\r\nContent-Length: 1073741824\r\n\r\n{\"a\":\"";
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var answer = new byte[1_000];
            int read = socket.getInputStream().read(answer);
            assertThat(new String(answer, 0, read, UTF_8)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void refusesABombAndUnpacksTheRest() throws IOException {
        assertRefused(packed(("{\"a\":\"" + "x".repeat(20_000_000) + "\"}").getBytes(UTF_8), "gzip"), 413);
        assertRefused(packed(PATIENT.getBytes(UTF_8), "br"), 415);
        assertThat(packed(PATIENT.getBytes(UTF_8), "gzip").statusCode()).isEqualTo(201);
    }

    @Test
    void refusesBrokenPacking() {
        assertRefused(
                send(request("/fhir/Patient", BACKEND)
                        .header("Content-Type", JSON)
                        .header("Content-Encoding", "gzip")
                        .POST(HttpRequest.BodyPublishers.ofString(PATIENT))),
                400);
    }

    @Test
    void refusesManyEntries() {
        var entry = "{\"request\":{\"method\":\"GET\",\"url\":\"Patient\"}}";
        var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + entry + ("," + entry).repeat(100)
                + "]}";
        assertRefused(post("/fhir", JSON, bundle), 413);
    }

    @ParameterizedTest
    @DisplayName("PA-025: refuses other content types")
    @CsvSource({
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/fhir+xml",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "''",
        "nonsense",
    })
    void refusesOtherContentTypes(String type) {
        assertRefused(post("/fhir/Patient", type, PATIENT), 415);
    }

    @Test
    void refusesXmlLabelledJson() {
        assertRefused(post("/fhir/Patient", JSON, "<Patient xmlns=\"http://hl7.org/fhir\"/>"), 415);
    }

    @ParameterizedTest
    @DisplayName("PA-015: refuses other character sets")
    @ValueSource(strings = {"utf-16", "utf-7", "iso-8859-1"})
    void refusesOtherCharacterSets(String charset) {
        var answer = post("/fhir/Patient", JSON + "; charset=" + charset, PATIENT);
        assertThat(answer.statusCode()).isIn(400, 415);
        assertThat(RunningServer.fhir().count("Patient")).isZero();
    }

    @ParameterizedTest
    @DisplayName("PA-027, AC-027: refuses addresses")
    @CsvSource({
        "Unheard, 404",
        "Unheard/1, 404",
        "Patient/nobody, 404",
        "Patient/" + LONG + ", 400",
        "Patient/%00, 400",
        "Patient/..%2fx, 400",
        "Patient/%2e%2e/x, 400",
        "Patient?name=%00, 400",
        "Patient?name=%ff, 400",
        "Patient;x=y/1, 400",
        "Patient?_count=-1, 400",
        "Patient?_count=x, 400",
        "Patient?_count=, 400",
        "Patient?_offset=-1, 400",
        "Patient?_offset=1000000000, 400",
        "Patient?_offset=x, 400",
        "Patient/$unheard, 404",
        "Patient/1/2/3/4/5, 400",
    })
    void refusesAddresses(String path, int status) {
        assertRefused(get(path, BACKEND), status);
    }

    @ParameterizedTest
    @DisplayName("PA-017: caps the page")
    @CsvSource({"1000000, 200", "999999999999999999999999, 200", "201, 200", "200, 200", "7, 7", "0, 0"})
    void capsThePage(String asked, String got) {
        assertThat(get("Patient?_count=" + asked, BACKEND).statusCode()).isEqualTo(200);
        assertThat(RunningServer.fhir().lastSearch("_count")).containsExactly(got);
    }

    @Test
    @DisplayName("ER-001: tells nothing of a failure")
    void tellsNothingOfAFailure() {
        var answer = get("Patient?boom=1", BACKEND);
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("""
                        {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"exception",\
                        "diagnostics":"Internal error, id=%s"}]}""".formatted(TestFailures.ID));
    }

    @ParameterizedTest
    @DisplayName("ER-003: tells nothing of the server below, where it refuses by itself")
    @ValueSource(
            strings = {
                "GET /fhir/Patient?a=[] HTTP/1.1",
                "GET /fhir/<script> HTTP/1.1",
                "BREW /fhir HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /fhir/../fhir HTTP/1.1",
                "GET /fhir//Patient HTTP/1.1"
            })
    void tellsNothingOfTheServerBelow(String requestLine) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), RunningServer.port())) {
            var text = requestLine + "\r\nHost: evil.example.org\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).matches("(?s)HTTP/1.1 4\\d\\d.*");
            assertThat(answer)
                    .contains("OperationOutcome")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContain("<", "evil", "apache");
        }
    }

    private static final String LONG =
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static void assertRefused(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body())
                .contains("OperationOutcome")
                .doesNotContain("HAPI-", "ca.uhn", "java.", "org.", "Exception");
        assertThat(RunningServer.fhir().count("Patient")).isZero();
    }

    private static HttpResponse<String> post(String path, String type, String body) {
        var request = request(path, BACKEND).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(type.isEmpty() ? request : request.header("Content-Type", type));
    }

    private static HttpResponse<String> packed(byte[] body, String encoding) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        }
        return send(request("/fhir/Patient", BACKEND)
                .header("Content-Type", JSON)
                .header("Content-Encoding", encoding)
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes.toByteArray())));
    }
}
