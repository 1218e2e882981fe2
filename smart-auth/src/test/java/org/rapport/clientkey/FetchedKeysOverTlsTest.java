package org.rapport.clientkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.outbound.AllowedHosts;
import org.rapport.outbound.CheckedAddress;
import org.rapport.outbound.JsonDocuments;
import org.rapport.smart.TestWorld;
import org.rapport.testing.TestAuthority;

class FetchedKeysOverTlsTest {

    private static final String KID = TestWorld.RSA.getKeyID();

    @TempDir
    private static Path folder;

    private SSLContext usual;

    @BeforeEach
    void remember() throws NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
    }

    @AfterEach
    void trustAsBefore() {
        SSLContext.setDefault(usual);
    }

    private static boolean areFetchedFrom(TestAuthority shown) throws IOException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(shown.server()));
        server.createContext("/jwks", exchange -> {
            var body = new JWKSet(TestWorld.RSA.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            var hosts = new AllowedHosts(Set.of("localhost"));
            var keys = new FetchedKeys(
                    new AllowedKeyHosts(hosts), new JsonDocuments(CheckedAddress.by(hosts))::fetch, Clock.systemUTC());
            var address = "https://localhost:" + server.getAddress().getPort() + "/jwks";
            return keys.of("a", address, KID).isPresent();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void comeFromAServerOfATrustedAuthorityByTheNameInItsCertificate() throws IOException {
        var authority = TestAuthority.of(folder, "localhost");
        SSLContext.setDefault(authority.trusting());

        assertThat(areFetchedFrom(authority)).isTrue();

        var elsewhere = TestAuthority.of(folder, "keys.example.org");
        assertThat(areFetchedFrom(elsewhere)).as("another authority").isFalse();
        SSLContext.setDefault(elsewhere.trusting());
        assertThat(areFetchedFrom(elsewhere)).as("another name").isFalse();
    }
}
