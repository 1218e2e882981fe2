package org.rapport.federation.spring;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An OpenID Connect provider that signs by ES256 and vouches for whomever a test wants. */
final class ProviderPeer implements AutoCloseable {

    private final HttpServer server;
    private final ECKey published = newKey();
    private ECKey signing = published;
    private String nonce = "";
    private Optional<String> authorization = Optional.empty();

    ProviderPeer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, configuration()));
        server.createContext("/jwks", exchange -> answer(exchange, new JWKSet(published.toPublicJWK()).toString()));
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next ID token answers the request with this nonce. */
    void expect(String wanted) {
        nonce = wanted;
    }

    /** Signs by a key that it does not publish from now on. */
    void signsByAnotherKey() {
        signing = newKey();
    }

    /** How the last token request proved who asked. */
    Optional<String> authorization() {
        return authorization;
    }

    private String configuration() {
        return JSONObjectUtils.toJSONString(Map.of(
                "issuer", issuer(),
                "authorization_endpoint", issuer() + "/authorize",
                "token_endpoint", issuer() + "/token",
                "jwks_uri", issuer() + "/jwks",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("ES256")));
    }

    private void token(HttpExchange exchange) throws IOException {
        authorization = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        answer(
                exchange,
                JSONObjectUtils.toJSONString(Map.of(
                        "access_token", "opaque", "token_type", "Bearer", "expires_in", 60, "id_token", idToken())));
    }

    private String idToken() {
        var now = Clock.systemUTC().instant();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("somebody")
                .audience("rapport")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(60)))
                .claim("nonce", nonce)
                .build();
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(published.getKeyID());
            var token = new SignedJWT(header.build(), claims);
            token.sign(new ECDSASigner(signing));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("es256").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
