package org.rapport.smart;

import static io.restassured.RestAssured.given;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.restassured.response.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A backend client's assertion, good unless a test changes it. */
public final class ClientAssertion {

    private static final Clock CLOCK = Clock.systemUTC();

    private final String server;
    private JWTClaimsSet.Builder claims;
    private JWSHeader.Builder header;
    private JWSSigner signer;

    private ClientAssertion(String server, JWK key, JWSAlgorithm algorithm) {
        this.server = server;
        this.header = new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
        this.signer = signer(key, algorithm);
        this.claims = new JWTClaimsSet.Builder()
                .issuer(TestWorld.BACKEND)
                .subject(TestWorld.BACKEND)
                .audience(server + "/oauth2/token")
                .jwtID(UUID.randomUUID().toString())
                .expirationTime(in(240));
    }

    public static ClientAssertion rs384(String server) {
        return new ClientAssertion(server, TestWorld.RSA, JWSAlgorithm.RS384);
    }

    public static ClientAssertion es384(String server) {
        return new ClientAssertion(server, TestWorld.EC, JWSAlgorithm.ES384);
    }

    /** Signed by a key of our choice instead, with its id. */
    public static ClientAssertion signedBy(String server, JWK key, JWSAlgorithm algorithm) {
        return new ClientAssertion(server, key, algorithm);
    }

    public static Date in(long seconds) {
        Instant then = CLOCK.instant().plusSeconds(seconds);
        return Date.from(then);
    }

    public ClientAssertion claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        claims = change.apply(claims);
        return this;
    }

    public ClientAssertion header(UnaryOperator<JWSHeader.Builder> change) {
        header = change.apply(header);
        return this;
    }

    /** The signer stays, whatever the header says. */
    public ClientAssertion signer(JWSSigner other) {
        signer = other;
        return this;
    }

    public JWTClaimsSet claimsSet() {
        return claims.build();
    }

    public String serialize() {
        try {
            var jwt = new SignedJWT(header.build(), claims.build());
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a token with this assertion. */
    public Response ask(String scope) {
        return ask(server, serialize(), scope);
    }

    public static Response ask(String server, String assertion, String scope) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("scope", scope)
                .formParam("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .formParam("client_assertion", assertion)
                .post(server + "/oauth2/token");
    }

    private static JWSSigner signer(JWK key, JWSAlgorithm algorithm) {
        try {
            return new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
