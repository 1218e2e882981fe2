package org.rapport.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The access token of a backend client, asked for anew shortly before it expires (SMART backend services). */
final class BackendToken implements Supplier<String> {

    private static final Duration EARLY = Duration.ofSeconds(45);

    private final URI endpoint;
    private final JsonNode client;
    private final Clock clock = Clock.systemUTC();
    private String token = "";
    private Instant renewAt = Instant.MIN;

    BackendToken(URI origin, JsonNode client) {
        this.endpoint = origin.resolve("/oauth2/token");
        this.client = client;
    }

    @Override
    public synchronized String get() {
        if (clock.instant().isAfter(renewAt)) {
            try {
                var answer = ask();
                token = answer.path("access_token").asText();
                renewAt = clock.instant()
                        .plusSeconds(answer.path("expires_in").asLong())
                        .minus(EARLY);
            } catch (IOException | JOSEException | ParseException e) {
                throw new ServerUnreachable(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ServerUnreachable(e);
            }
        }
        return token;
    }

    private JsonNode ask() throws IOException, InterruptedException, JOSEException, ParseException {
        var form = Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                client.path("scope").asText(),
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                assertion());
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form)))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("No token: " + response.statusCode() + " " + response.body());
        }
        return new ObjectMapper().readTree(response.body());
    }

    private String assertion() throws JOSEException, ParseException {
        var key = JWK.parse(client.path("privateJwk").toString());
        var algorithm = key.getKeyType().equals(KeyType.EC) ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
        var id = client.path("clientId").asText();
        var claims = new JWTClaimsSet.Builder()
                .issuer(id)
                .subject(id)
                .audience(endpoint.toString())
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(Date.from(clock.instant().plusSeconds(240)))
                .build();
        var header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
        var jwt = new SignedJWT(header, claims);
        jwt.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
        return jwt.serialize();
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
