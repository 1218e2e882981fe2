package org.rapport.demo.world;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.rapport.account.Role;
import org.rapport.demo.world.DemoCredentials.Client;
import org.rapport.demo.world.DemoCredentials.User;
import org.rapport.factor.TotpSecret;

/** Thinks up the passwords, secrets and keys of the demo's people and applications. */
final class DemoLogins {

    static final String EVERY_PORT = "http://127.0.0.1/callback";
    static final String ONE_PORT = "http://127.0.0.1:8888/callback";

    private static final String USER_SCOPES = "openid fhirUser profile launch launch/patient offline_access"
            + " online_access patient/*.cruds user/*.cruds";

    private final SecureRandom random;

    DemoLogins(SecureRandom random) {
        this.random = random;
    }

    DemoCredentials invent(DemoCredentials.Addresses addresses) {
        return new DemoCredentials(
                addresses.fhirBase(), addresses.issuer(), addresses.mqttUrl(), users(), clients(), List.of());
    }

    private List<User> users() {
        return List.of(
                user("dr-adams", "Practitioner", Role.CLINICIAN),
                user("dr-brandt", "Practitioner", Role.CLINICIAN),
                user("care-jones", "Practitioner", Role.CARE_MANAGER),
                user("clerk-lee", "Practitioner", Role.CLERK),
                user("admin", "Practitioner", Role.ADMIN),
                user("privacy-kim", "Practitioner", Role.PRIVACY_OFFICER),
                user("alice", "Patient", Role.PATIENT),
                user("bob", "Patient", Role.PATIENT),
                user("carol", "Patient", Role.PATIENT),
                user("dana", "RelatedPerson", Role.PROXY));
    }

    private User user(String username, String resourceType, Role role) {
        boolean staff = role != Role.PATIENT && role != Role.PROXY;
        var app = staff ? TotpSecret.random(random).base32() : null;
        return new User(username, secret(), resourceType + "/" + username, List.of(role.code()), app);
    }

    private List<Client> clients() {
        return List.of(
                new Client("demo-app", "public", null, null, List.of(EVERY_PORT), USER_SCOPES + " rapport/admin"),
                new Client("demo-web", "confidential", secret(), null, List.of(ONE_PORT), USER_SCOPES),
                backend("demo-backend", "system/*.cruds"),
                backend("demo-reader", "system/*.rs"),
                new Client(
                        "demo-ehr",
                        "confidential",
                        secret(),
                        null,
                        List.of(ONE_PORT),
                        "openid fhirUser launch offline_access user/*.cruds"));
    }

    private static Client backend(String clientId, String scope) {
        return new Client(clientId, "backend", null, newKey(clientId), List.of(), scope);
    }

    private static Map<String, Object> newKey(String clientId) {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyID(clientId)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES384)
                    .generate()
                    .toJSONObject();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java runtime has the curve P-384", e);
        }
    }

    private String secret() {
        var bytes = new byte[18];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
