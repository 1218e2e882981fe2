package org.rapport.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void ordersMembersAndLeavesOutSpace() {
        assertThat(text(Map.of("b", "two", "a", 1L))).isEqualTo("{\"a\":1,\"b\":\"two\"}");
        assertThat(text(Map.of())).isEqualTo("{}");
    }

    @Test
    void escapesWhatMustBeEscapedAndNothingElse() {
        assertThat(text(Map.of("a", "\u20ac$\u000f\nA'B\"\\\"/\u007f\u2028")))
                .isEqualTo("{\"a\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\u007f\u2028\"}");
        assertThat(text(Map.of("a", "\b\t\f\r\u0001"))).isEqualTo("{\"a\":\"\\b\\t\\f\\r\\u0001\"}");
    }

    @Test
    void writesNumbersThatNotEverybodyCanHoldAsTexts() {
        assertThat(text(Map.of("a", 9_007_199_254_740_992L))).isEqualTo("{\"a\":9007199254740992}");
        assertThat(text(Map.of("a", 9_007_199_254_740_993L))).isEqualTo("{\"a\":\"9007199254740993\"}");
        assertThat(text(Map.of("a", -1L))).isEqualTo("{\"a\":-1}");
    }

    private static String text(Map<String, ?> members) {
        return CanonicalJson.text(new TreeMap<>(members));
    }
}
