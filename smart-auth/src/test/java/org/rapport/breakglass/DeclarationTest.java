package org.rapport.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationTest {

    @ParameterizedTest(name = "{0} and {1} characters: {2}")
    @CsvSource({
        "unconscious, 9, false",
        "unconscious, 10, true",
        "life-threatening, 500, true",
        "other, 501, false",
        "curious, 20, false",
        "'', 20, false",
    })
    void namesAReasonAndExplainsIt(String reason, int length, boolean good) {
        assertThat(Declaration.of("alice", reason, "x".repeat(length))).matches(made -> made.isPresent() == good);
    }

    @Test
    void isNotExplainedByBlanks() {
        assertThat(Declaration.of("alice", "other", " ".repeat(20) + "too short"))
                .isEmpty();
    }

    @Test
    void keepsThePatientOutOfLogs() {
        assertThat(Declaration.of("alice", "other", "A car has hit her").orElseThrow())
                .hasToString("Declaration[OTHER]");
    }
}
