package org.rapport.testing;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.IncomingRequestAddressStrategy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RegisteredOrigins;
import org.rapport.gate.hapi.TestFhirServer;
import org.rapport.revocation.RevokedGrants;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** One Tomcat for all tests, on a free port of the loopback address. */
public final class RunningServer {

    /** Where the only registered app is. */
    public static final String APP_ORIGIN = "https://app.example.org";

    /** How tests read and write FHIR. */
    public static final FhirContext FHIR = FhirContext.forR4Cached();

    private static final ServletWebServerApplicationContext CONTEXT = start(
            Clock.systemUTC(),
            "rapport.limit.resource=1MB",
            "rapport.limit.bundle=4MB",
            "rapport.limit.entries=100",
            "rapport.limit.rate.user=100000");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningServer() {}

    /** Another one for a test that needs settings or a time of its own; the test closes it. */
    public static ServletWebServerApplicationContext start(Clock clock, String... settings) {
        return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Web.class)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(Clock.class, () -> clock))
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .properties(settings)
                .run();
    }

    /** What is behind the filters. */
    public static TestFhirServer fhir() {
        return CONTEXT.getBean(TestFhirServer.class);
    }

    /** The grants whose tokens the server refuses. */
    public static RevokedGrants revokedGrants() {
        return CONTEXT.getBean(RevokedGrants.class);
    }

    /** The port of the one server. */
    public static int port() {
        return CONTEXT.getWebServer().getPort();
    }

    /** A request without token. */
    public static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    }

    /** A request with a token. */
    public static HttpRequest.Builder request(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    /** The answer to a request. */
    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads something below the FHIR base. */
    public static HttpResponse<String> get(String path, String token) {
        return send(request("/fhir/" + path, token));
    }

    /** Sends a resource as JSON. */
    public static HttpResponse<String> send(String method, String path, String token, Resource resource) {
        return send(method, path, token, FHIR.newJsonParser().encodeResourceToString(resource));
    }

    /** Sends a text as JSON. */
    public static HttpResponse<String> send(String method, String path, String token, String json) {
        return send(request("/fhir" + path, token)
                .header("Content-Type", "application/fhir+json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({"org.rapport.access.spring", "org.rapport.limit.spring", "org.rapport.failure.spring"})
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Web {

        @Bean
        PublicOrigin publicOrigin() {
            return new PublicOrigin("https://fhir.example.org");
        }

        @Bean
        RegisteredOrigins registeredOrigins() {
            return APP_ORIGIN::equals;
        }

        @Bean
        JwtDecoder tokens() {
            return TestTokens.decoder();
        }

        @Bean
        RevokedGrants revokedGrants() {
            var database = TestDatabase.with("V2026.11.29.15__revoked_grant.sql");
            return new RevokedGrants(database.client(), Clock.systemUTC(), System::nanoTime);
        }

        @Bean
        TestFhirServer fhirServer() {
            var server = new TestFhirServer(FHIR);
            server.setServerAddressStrategy(new IncomingRequestAddressStrategy());
            return server;
        }

        @Bean
        ServletRegistrationBean<TestFhirServer> fhir(TestFhirServer server) {
            return new ServletRegistrationBean<>(server, "/fhir/*");
        }
    }
}
