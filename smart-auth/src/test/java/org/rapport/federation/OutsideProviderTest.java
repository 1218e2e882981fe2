package org.rapport.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutsideProviderTest {

    private static OutsideProvider provider(String issuer) {
        return new OutsideProvider(
                URI.create(issuer),
                "rapport",
                null,
                "Hospital",
                Map.of("hd", "hospital.example.org"),
                List.of("otp", "hwk"),
                List.of("urn:loa:3"));
    }

    private final OutsideProvider provider = provider("https://id.example.org");

    @Test
    void admitsOnlyWhoHasEveryRequiredClaim() {
        assertThat(provider.admits(Map.of("hd", "hospital.example.org"))).isTrue();
        assertThat(provider.admits(Map.of("hd", List.of("other", "hospital.example.org"))))
                .isTrue();
        assertThat(provider.admits(Map.of("hd", "evil.example.org"))).isFalse();
        assertThat(provider.admits(Map.of())).isFalse();
    }

    @Test
    void vouchesForAFactorOnlyByWhatIsNamed() {
        assertThat(provider.vouchesForFactor(Map.of("amr", List.of("pwd", "otp"))))
                .isTrue();
        assertThat(provider.vouchesForFactor(Map.of("acr", "urn:loa:3"))).isTrue();
        assertThat(provider.vouchesForFactor(Map.of("amr", List.of("pwd", "mfa"), "acr", "urn:loa:2")))
                .isFalse();
        assertThat(provider.vouchesForFactor(Map.of())).isFalse();
    }

    @Test
    void isReachedByTls() {
        assertThatThrownBy(() -> provider("http://id.example.org")).hasMessageContaining("https");
        assertThat(provider("http://127.0.0.1:9000").issuer()).hasPort(9000);
    }
}
