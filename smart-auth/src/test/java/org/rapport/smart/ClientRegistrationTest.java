package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.clientkey.ClientKeys;

class ClientRegistrationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "data:text/html,x", "/callback", "https://a.example.org/#f", "not a uri"})
    void refusesARedirectThatIsNoAddress(String redirect) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.publicClient("app", "App", Set.of(redirect), Set.of("openid")));
    }

    @Test
    void refusesASystemScopeForAClientWithUsersAndTheReverse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.publicClient(
                        "app", "App", Set.of("https://a.example.org/cb"), Set.of("system/*.rs")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.backendClient("b", "B", "{}", Set.of("user/*.rs")));
    }

    @Test
    void refusesAShortSecretAndKeepsItOutOfItsText() {
        var uris = Set.of("https://a.example.org/cb");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientRegistration.confidentialClient("web", "Web", "short", uris, Set.of("openid")));
        assertThat(ClientRegistration.confidentialClient("web", "Web", TestWorld.WEB_SECRET, uris, Set.of("openid")))
                .asString()
                .doesNotContain(TestWorld.WEB_SECRET);
    }

    @Nested
    class Keys {

        @Test
        void arePublicStrongAndNamed() {
            assertThat(ClientKeys.parse(new JWKSet(TestWorld.RSA.toPublicJWK()).toString())
                            .getKeys())
                    .hasSize(1);
        }

        @Test
        void areRefusedWhenTheyAreNot() throws JOSEException {
            var weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
            var nameless = new RSAKeyGenerator(2048).generate();
            var otherCurve = new ECKeyGenerator(Curve.P_256).keyID("p256").generate();

            assertRefused(new JWKSet(TestWorld.RSA).toString(false));
            assertRefused(new JWKSet(weak.toPublicJWK()).toString());
            assertRefused(new JWKSet(nameless.toPublicJWK()).toString());
            assertRefused(new JWKSet(otherCurve.toPublicJWK()).toString());
            assertRefused("{\"keys\":[]}");
            assertRefused("nonsense");
        }

        private void assertRefused(String jwks) {
            assertThatIllegalArgumentException().isThrownBy(() -> ClientKeys.parse(jwks));
        }
    }
}
