package org.rapport.benchmarks.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The access token of a demo client, renewed a minute before it ends.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/backend-services.html">SMART Backend Services</a>
 */
public final class BackendServicesToken implements Supplier<String> {

    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode client;
    private final URI tokenEndpoint;
    private final Clock clock;
    private final HttpClient http = HttpClient.newHttpClient();

    private String token = "";
    private Instant renewal = Instant.MIN;

    /**
     * Takes a client from the credentials that the demo writes.
     *
     * @param credentials the file {@code demo-credentials.json}
     * @param clientId a backend client in it, such as {@code demo-backend}
     */
    public BackendServicesToken(Path credentials, String clientId, Clock clock) {
        try {
            var file = JSON.readTree(credentials.toFile());
            this.client = find(file.path("clients"), clientId);
            this.tokenEndpoint = URI.create(file.path("issuer").asText() + "/oauth2/token");
            this.clock = clock;
        } catch (IOException e) {
            throw new UncheckedIOException("Expected demo credentials in " + credentials, e);
        }
    }

    @Override
    public synchronized String get() {
        if (!clock.instant().isBefore(renewal)) {
            renew();
        }
        return token;
    }

    private void renew() {
        var form = Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                client.path("scope").asText(),
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion());
        var request = HttpRequest.newBuilder(tokenEndpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("No token from %s: %d".formatted(tokenEndpoint, answer.statusCode()));
            }
            var grant = JSON.readTree(answer.body());
            token = grant.path("access_token").asText();
            renewal = clock.instant()
                    .plusSeconds(grant.path("expires_in").asLong())
                    .minus(MARGIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("Interrupted at " + tokenEndpoint));
        } catch (IOException e) {
            throw new UncheckedIOException("No token from " + tokenEndpoint, e);
        }
    }

    private String assertion() {
        var clientId = client.path("clientId").asText();
        try {
            var key = JWK.parse(
                    client.path("privateJwk").isTextual()
                            ? client.path("privateJwk").asText()
                            : client.path("privateJwk").toString());
            var elliptic = key.getKeyType().getValue().equals("EC");
            var jwt = new SignedJWT(
                    new JWSHeader.Builder(elliptic ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384)
                            .keyID(key.getKeyID())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(clientId)
                            .subject(clientId)
                            .audience(tokenEndpoint.toString())
                            .jwtID(UUID.randomUUID().toString())
                            .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(4))))
                            .build());
            JWSSigner signer = elliptic ? new ECDSASigner(key.toECKey()) : new RSASSASigner(key.toRSAKey());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException("The key of client " + clientId + " cannot sign", e);
        }
    }

    private static JsonNode find(JsonNode clients, String clientId) {
        for (var client : clients) {
            if (client.path("clientId").asText().equals(clientId)) {
                return client;
            }
        }
        throw new IllegalArgumentException("There is no client \"%s\" in the demo credentials".formatted(clientId));
    }
}
