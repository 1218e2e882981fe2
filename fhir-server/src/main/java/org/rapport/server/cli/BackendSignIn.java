package org.rapport.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Signs a backend client in with private_key_jwt.
 *
 * @param http the connection
 * @param demo where the key is
 * @param clock the time that the assertion carries
 * @see <a href="https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html">SMART, asymmetric
 *     authentication</a>
 */
record BackendSignIn(Http http, DemoFile demo, Clock clock) {

    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration VALID = Duration.ofMinutes(4);

    String accessToken(JsonNode client, String scope) {
        String endpoint = demo.issuer() + "/oauth2/token";
        var form = List.of(
                Map.entry("grant_type", "client_credentials"),
                Map.entry("scope", scope),
                Map.entry("client_assertion_type", ASSERTION_TYPE),
                Map.entry("client_assertion", assertion(client, endpoint)));
        return TokenAnswer.accessToken(http.post(URI.create(endpoint), form, Map.of()));
    }

    private String assertion(JsonNode client, String audience) {
        try {
            var key = JWK.parse(client.path("privateJwk").toString());
            var algorithm = KeyType.EC.equals(key.getKeyType()) ? JWSAlgorithm.ES384 : JWSAlgorithm.RS384;
            var header = new JWSHeader.Builder(algorithm)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID())
                    .build();
            String clientId = client.path("clientId").asText();
            var now = clock.instant();
            var claims = new JWTClaimsSet.Builder()
                    .issuer(clientId)
                    .subject(clientId)
                    .audience(audience)
                    .jwtID(UUID.randomUUID().toString())
                    .issueTime(Date.from(now))
                    .expirationTime(Date.from(now.plus(VALID)))
                    .build();
            var assertion = new SignedJWT(header, claims);
            assertion.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
            return assertion.serialize();
        } catch (ParseException | JOSEException e) {
            throw new CommandFailure("The demo credentials hold no usable private key for that client.", e);
        }
    }
}
