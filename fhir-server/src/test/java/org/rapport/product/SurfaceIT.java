package org.rapport.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.harness.FhirSession;
import org.rapport.harness.SharedServer;

/** What somebody without an account meets at every address, and what is said of the data outside of the FHIR API. */
class SurfaceIT {

    /** What a stranger may open, as docs/operations.md publishes it. */
    private static final Set<String> OPEN = Set.of(
            "GET /login",
            "GET /login/reset",
            "GET /invitation",
            "GET /login/outside",
            "GET /assets/rapport.css",
            "GET /assets/passkey.js",
            "GET /demo",
            "GET /demo/mailbox",
            "GET /demo/mailbox.json",
            "GET /demo/mailbox/x",
            "GET /demo/assets/mailbox.css");

    private static final List<String> PAGES = List.of(
            "/",
            "/login",
            "/login/reset",
            "/login/reset/link",
            "/account",
            "/admin",
            "/setup",
            "/invitation",
            "/email/link",
            "/oauth2/authorize",
            "/a/x",
            "/demo",
            "/demo/mailbox",
            "/nothing",
            "/admin/api/people",
            "/fhir/metadata",
            "/fhir/Patient/alice");

    @RegisterExtension
    static final SharedServer SHARED = new SharedServer();

    private static RawClient stranger;
    private static FhirSession alice;

    @BeforeAll
    static void start() {
        stranger = new RawClient(SHARED.server().origin());
        alice = SHARED.server().personSession("alice");
    }

    static Stream<String> routes() {
        return Routes.ofTheProduct().stream();
    }

    @ParameterizedTest
    @DisplayName("AC-061: whatever a controller serves is closed to strangers")
    @MethodSource("routes")
    void isClosedToStrangers(String route) {
        if (OPEN.contains(route)) {
            return;
        }
        var answer = stranger.send(route, Map.of());
        assertThat(answer.toSignIn() || Set.of(401, 403, 404, 405).contains(answer.status()))
                .as("%s: %s", route, answer.text())
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("AC-061, ER-012: nothing is there of what a library might serve")
    @ValueSource(
            strings = {
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/v3/api-docs",
                "/fhir/swagger-ui/",
                "/fhir/api-docs",
                "/tester",
                "/mcp/messages",
                "/mcp/sse",
                "/h2-console",
                "/graphiql",
                "/graphql",
                "/console",
                "/actuator",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/loggers",
                "/actuator/beans",
                "/actuator/mappings",
                "/actuator/threaddump",
                "/actuator/shutdown",
                "/error",
                "/cds-services",
                "/META-INF/MANIFEST.MF",
                "/WEB-INF/web.xml",
                "/userinfo",
                "/oauth2/register"
            })
    void hasNothingOfLibraries(String path) {
        assertThat(stranger.send("GET " + path, Map.of()).status()).isIn(401, 404);
        var management = new RawClient(SHARED.server().managementOrigin());
        assertThat(management.send("GET " + path, Map.of()).status()).isIn(401, 404);
        assertThat(management.send("POST " + path, Map.of()).status()).isIn(401, 404);
    }

    @Test
    @DisplayName("ER-009: has its headers on each page (HSTS is for an outside that speaks https)")
    void hasItsHeadersOnEachPage() {
        for (var page : PAGES) {
            var answer = stranger.send("GET " + page, Map.of());
            assertThat(answer.header("content-security-policy"))
                    .as(page)
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline", "unsafe-eval", "*");
            assertThat(answer.header("x-content-type-options")).as(page).isEqualTo("nosniff");
            assertThat(answer.header("referrer-policy")).as(page).isEqualTo("no-referrer");
            assertThat(answer.text()).as(page).doesNotContain("<script>", " onclick=", " style=");
        }
    }

    @ParameterizedTest
    @DisplayName("ER-015: goes by no host")
    @ValueSource(
            strings = {
                "/",
                "/login",
                "/account",
                "/login/reset",
                "/fhir/metadata",
                "/fhir/.well-known/smart-configuration",
                "/.well-known/openid-configuration",
                "/oauth2/authorize",
                "/fhir/Patient",
                "/nothing"
            })
    void goesByNoHost(String path) {
        var answer = stranger.send(
                "GET " + path,
                Map.of(
                        "Host", "evil.example.org",
                        "X-Forwarded-Host", "evil.example.org",
                        "Forwarded", "host=evil.example.org",
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Prefix", "/evil"));
        assertThat(answer.text()).doesNotContain("evil");
    }

    @ParameterizedTest
    @DisplayName("ER-017: no overlay, no highlighter: a browser gets FHIR, and no markup of its own back")
    @CsvSource({
        "Patient/alice",
        "Patient/alice?_format=html/json",
        "Patient/alice?_format=<script>x()</script>",
        "Patient?name=<script>x()</script>",
        "Patient/<script>x()</script>",
        "<script>x()</script>",
    })
    void showsNoHtml(String path) {
        var answer =
                alice.with("Accept", "text/html").get(path.replace("<", "%3C").replace(">", "%3E"));
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/fhir+json");
        assertThat(answer.body()).doesNotContain("<script", "<html");
    }

    @Test
    @DisplayName("PA-005: nothing that transforms by a stylesheet is part of the product")
    void hasNoXslt() throws IOException {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("net.sf.saxon.TransformerFactoryImpl"));
        try (var product = new JarFile("target/rapport/rapport.jar")) {
            assertThat(product.getManifest().getMainAttributes().getValue("Class-Path"))
                    .contains("lib/hapi-fhir-base-")
                    .doesNotContainIgnoringCase("saxon")
                    .doesNotContainIgnoringCase("xalan");
        }
    }

    @Test
    @DisplayName("IN-001: there is no spreadsheet for a formula to wait in")
    void writesNoCsv() {
        for (var answer : List.of(
                alice.with("Accept", "text/csv").get("Patient/alice"),
                alice.get("Observation?_format=text/csv"),
                alice.get("Observation?_format=csv"),
                alice.get("Patient/alice/$access-log?_format=csv"))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/fhir+json");
        }
    }

    @Test
    @DisplayName("ER-005, ER-007: the log has no values and no lines of a caller's, and nothing follows a lookup")
    void logsNothingOfTheCallers() {
        var evil = "\u001b[31mcanary-header ${jndi:ldap://127.0.0.1:1/canary-lookup}";
        for (var name : List.of(
                "User-Agent",
                "X-Request-ID",
                "Accept",
                "Authorization",
                "Origin",
                "Referer",
                "X-Forwarded-For",
                "Accept-Language",
                "If-None-Match",
                "Prefer",
                "Content-Type",
                "Cookie")) {
            var answer = stranger.send("GET /fhir/Patient?family=canary-value", Map.of(name, evil));
            assertThat(answer.status()).as(name).isBetween(400, 499);
            assertThat(stranger.send("GET /fhir/Patient", Map.of(name, "a\rcanary-line: b"))
                            .status())
                    .isBetween(400, 499);
        }
        for (var name :
                List.of("User-Agent", "X-Request-ID", "Referer", "X-Forwarded-For", "If-None-Match", "Prefer")) {
            alice.with(name, "${jndi:ldap://127.0.0.1:1/canary-lookup}")
                    .get("Patient?family=canary-value&birthdate=1971-05-04");
        }
        alice.get("Observation?canary-value=canary-value");
        assertThat(SHARED.server().output() + SHARED.server().errors())
                .doesNotContain("canary", "jndi", "\u001b", "1971-05-04");
    }

    @Test
    @DisplayName("ER-013: measures nobody")
    void measuresNobody() {
        alice.get("Patient/alice");
        alice.get("Observation?patient=Patient/bob&code=canary-code");
        var management = new RawClient(SHARED.server().managementOrigin());
        assertThat(management.send("GET /actuator/prometheus", Map.of()).text())
                .contains("http_server_requests_seconds_count")
                .doesNotContain("alice", "Anders", "bob", "canary", "Patient/", "demo-app");
    }
}
