package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedTest {

    private static final String SECRET = "s3cret/with+signs ~of~ every kind";

    private static boolean finds(String line) {
        return Encoded.forms(SECRET).stream().anyMatch(line::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ab", "abc", "client:", "some-client:"})
    void findsATextBehindAnyOtherInBase64(String before) {
        var bytes = (before + SECRET + " and more").getBytes(StandardCharsets.UTF_8);

        assertThat(finds(Base64.getEncoder().encodeToString(bytes))).isTrue();
        assertThat(finds(Base64.getUrlEncoder().encodeToString(bytes))).isTrue();
        assertThat(finds("x=" + URLEncoder.encode(before + SECRET, StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(finds("[" + before + SECRET + "]")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "czNjcmV0", "another text"})
    void findsNothingElse(String line) {
        assertThat(finds(line)).isFalse();
    }
}
