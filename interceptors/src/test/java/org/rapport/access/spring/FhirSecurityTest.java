package org.rapport.access.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.Caller;
import org.rapport.access.PublicOrigin;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.jwt.JwtDecoder;

class FhirSecurityTest {

    private static final String LOGIN_REQUIRED = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login",\
            "diagnostics":"Authentication required"}]}""";

    private static ServletWebServerApplicationContext server;

    @BeforeAll
    static void start() {
        server = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Web.class)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .run();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @ValueSource(strings = {"", "Bearer", "Bearer x", "Bearer a b", "Basic YWxhZGRpbjpvcGVuc2VzYW1l"})
        void aRequestWithoutAToken(String authorization) {
            assertRefused(send(request("/fhir/Patient/alice").header("Authorization", authorization)));
        }

        @Test
        void aTokenInTheQuery() {
            assertRefused(send(request("/fhir/Patient?access_token=" + TestTokens.system("system/*.cruds"))));
        }

        @Test
        void aTokenInAForm() {
            assertRefused(send(request("/fhir/Patient/_search")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("access_token=" + TestTokens.system("system/*.cruds")))));
        }

        @Test
        void aTokenSignedByAnotherKey() {
            assertRefused(get("/fhir/Patient", TestTokens.forged()));
        }

        @Test
        void anExpiredToken() {
            var past = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
            assertRefused(
                    get("/fhir/Patient", TestTokens.signed(c -> c.subject("x").expirationTime(past))));
        }

        @Test
        void aPatientScopeWithoutAPatient() {
            var token = TestTokens.signed(claims -> claims.subject("alice")
                    .claim("scope", "patient/Observation.rs")
                    .claim("roles", List.of("patient")));
            assertRefused(get("/fhir/Observation", token));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a/../b", "alice,bob", "alice&x=y", ""})
        void aPatientThatIsNoId(String patient) {
            assertRefused(get("/fhir/Observation", TestTokens.patient(patient)));
        }

        @Test
        void rolesThatAreNoList() {
            assertRefused(get("/fhir", TestTokens.signed(c -> c.subject("x").claim("roles", "system"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/fhir", "/fhir/", "/fhir/metadata/x", "/fhir/Patient/metadata", "/fhir/x/.well-known/y"})
        void everythingButTheOpenDocuments(String path) {
            assertRefused(send(request(path)));
        }

        @Test
        void toWriteAnOpenDocument() {
            assertRefused(send(request("/fhir/metadata").POST(HttpRequest.BodyPublishers.noBody())));
        }

        private void assertRefused(HttpResponse<byte[]> answer) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(new String(answer.body(), UTF_8)).isEqualTo(LOGIN_REQUIRED);
            assertThat(answer.headers().allValues("WWW-Authenticate"))
                    .containsExactly("Bearer error=\"invalid_token\"");
            assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Nested
    class Admits {

        @Test
        void aCallerWithWhatTheTokenSays() {
            assertThat(new String(
                            get("/fhir/Patient", TestTokens.patient("alice")).body(), UTF_8))
                    .contains("subject=alice", "roles=[PATIENT]", "patient=Optional[alice]");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/fhir/metadata", "/fhir/.well-known/smart-configuration"})
        void anybodyToTheOpenDocuments(String path) {
            var answer = send(request(path).header("Origin", "https://app.example.org"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains("*");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                    .isEmpty();
        }

        @Test
        void noForeignOriginAnywhereElse() {
            var answer = send(request("/fhir/Patient")
                    .header("Origin", "null")
                    .header("Authorization", "Bearer " + TestTokens.patient("alice")));
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void sendsTheSecurityHeaders() {
        var headers = get("/fhir/Patient", TestTokens.patient("alice")).headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Content-Security-Policy"))
                .contains("default-src 'none'; frame-ancestors 'none'");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        assertThat(headers.firstValue("Strict-Transport-Security")).contains("max-age=31536000");
    }

    private static HttpResponse<byte[]> get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + path));
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    @Import(FhirSecurityConfiguration.class)
    static class Web {

        @Bean
        PublicOrigin publicOrigin() {
            return new PublicOrigin("https://fhir.example.org");
        }

        @Bean
        JwtDecoder tokens() {
            return TestTokens.decoder();
        }

        @Bean
        ServletRegistrationBean<HttpServlet> fhir() {
            return new ServletRegistrationBean<>(new CallerEcho(), "/fhir/*");
        }
    }

    private static final class CallerEcho extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getAttribute(Caller.class.getName()));
        }
    }
}
