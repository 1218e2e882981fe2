package org.rapport.smart;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.Set;
import org.rapport.account.Accounts;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;
import org.rapport.factor.TotpFactors;
import org.rapport.factor.TotpSecret;

/** The people and applications that the tests of a server know. */
public final class TestWorld {

    public static final String ALICE = "alice";
    public static final String BOB = "bob";
    public static final String DOCTOR = "dr-adams";
    public static final String CLERK = "clerk-lee";
    public static final String PROXY = "dana";
    public static final String BUSY_DOCTOR = "dr-busy";
    public static final String EHR = "demo-ehr";
    public static final String EHR_SECRET = "CANARY-ehr-secret-0123456789";
    public static final String PASSWORD = "CANARY-correct-horse-battery";
    public static final TotpSecret DOCTORS_APP = TotpSecret.ofBase32("CANARYCANARYCANARYCANARYCANARYCA");
    public static final String PUBLIC_APP = "demo-app";
    public static final String WEB_APP = "demo-web";
    public static final String WEB_SECRET = "CANARY-web-secret-0123456789";
    public static final String WEB_REDIRECT = "https://app.example.org/callback";
    public static final String LOOPBACK_REDIRECT = "http://127.0.0.1/callback";
    public static final String GOODBYE = "https://app.example.org/goodbye?from=rapport";
    public static final String BACKEND = "demo-backend";
    public static final RSAKey RSA = rsa("rsa-1");
    public static final ECKey EC = ec("ec-1");

    private static final Set<String> APP_SCOPES = Set.of(
            "openid",
            "fhirUser",
            "profile",
            "launch",
            "launch/patient",
            "offline_access",
            "online_access",
            "patient/*.cruds",
            "user/*.rs");

    private TestWorld() {}

    public static void create(TestServer server) {
        var accounts = server.bean(Accounts.class);
        accounts.createIfAbsent(new NewAccount(ALICE, PASSWORD, "Alice", "Patient/alice", Set.of(Role.PATIENT)));
        accounts.createIfAbsent(new NewAccount(BOB, PASSWORD, "Bob", "Patient/bob", Set.of(Role.PATIENT)));
        accounts.createIfAbsent(new NewAccount("carol", PASSWORD, "Carol", "Patient/carol", Set.of(Role.PATIENT)));
        accounts.createIfAbsent(
                new NewAccount(DOCTOR, PASSWORD, "Dr Adams", "Practitioner/dr-adams", Set.of(Role.CLINICIAN)));
        accounts.createIfAbsent(
                new NewAccount(BUSY_DOCTOR, PASSWORD, "Dr Busy", "Practitioner/dr-busy", Set.of(Role.CLINICIAN)));
        accounts.createIfAbsent(new NewAccount(CLERK, PASSWORD, "Lee", "Practitioner/clerk-lee", Set.of(Role.CLERK)));
        accounts.createIfAbsent(new NewAccount(PROXY, PASSWORD, "Dana", "RelatedPerson/dana", Set.of(Role.PROXY)));
        server.bean(TotpFactors.class).addIfNone(DOCTOR, "Phone", DOCTORS_APP);
        server.bean(TotpFactors.class).addIfNone(BUSY_DOCTOR, "Phone", DOCTORS_APP);
        server.bean(TotpFactors.class).addIfNone(CLERK, "Phone", DOCTORS_APP);
        var clients = server.bean(Clients.class);
        clients.registerIfAbsent(ClientRegistration.publicClient(
                        PUBLIC_APP,
                        "Demo <b>App</b>",
                        Set.of(LOOPBACK_REDIRECT, "https://phone.example.org/cb"),
                        APP_SCOPES)
                .with(ClientDetails.NONE.withPostLogoutRedirectUris(Set.of(GOODBYE))));
        clients.registerIfAbsent(ClientRegistration.confidentialClient(
                WEB_APP, "Demo Web", WEB_SECRET, Set.of(WEB_REDIRECT), APP_SCOPES));
        clients.registerIfAbsent(ClientRegistration.confidentialClient(
                        EHR, "Demo EHR", EHR_SECRET, Set.of(WEB_REDIRECT), Set.of("openid", "fhirUser", "user/*.rs"))
                .with(ClientDetails.NONE.withLaunch(true)));
        clients.registerIfAbsent(ClientRegistration.backendClient(
                BACKEND,
                "Demo Backend",
                new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK())).toString(),
                Set.of("system/*.cruds")));
    }

    public static RSAKey rsa(String kid) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(kid)
                    .algorithm(JWSAlgorithm.RS384)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_384)
                    .keyID(kid)
                    .algorithm(JWSAlgorithm.ES384)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
