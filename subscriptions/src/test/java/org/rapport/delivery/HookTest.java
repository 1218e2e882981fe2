package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.outbound.Endpoint;

class HookTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Authorization: Bearer secret", "X-Key:1", "X-Empty:"})
    void takesHeadersOfTheReceiver(String line) {
        assertThat(Hook.isHeader(line)).isTrue();
    }

    /** SU-009. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "no colon",
                ": value",
                "X Key: value",
                "X: a\r\nY: b",
                "X: a\nY: b",
                "X: ü",
                "Host: other.example.org",
                "content-length: 5",
                "Transfer-Encoding: chunked",
                "Connection: keep-alive",
                "X-Rapport-Event-Number: 1",
            })
    void takesNoHeaderThatFramesTheRequest(String line) {
        assertThat(Hook.isHeader(line)).isFalse();
    }

    @Test
    void keepsItsSecretsToItself() {
        var endpoint = Endpoint.parse("https://hooks.example.org/").orElseThrow();
        assertThat(new Hook(endpoint, Optional.empty(), List.of("Authorization: Bearer secret")).toString())
                .doesNotContain("secret");
    }
}
