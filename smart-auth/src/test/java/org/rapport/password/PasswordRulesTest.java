package org.rapport.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    private static final PasswordRules.Owner OWNER = new PasswordRules.Owner("alice.archer", "Alice Archer");

    private final PasswordRules rules = new PasswordRules(new CommonPasswords(), Optional.empty());

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "elevencharS, LENGTH",
        "qwerty123456, SEQUENCE",
        "abcdefghijkl, SEQUENCE",
        "123456789012, SEQUENCE",
        "1qaz2wsx3edc, SEQUENCE",
        "passwordpassword, REPEATED",
        "aaaabbbbaaaab, REPEATED",
        "xk9xk9xk9xk9, REPEATED",
        "unbelievable, COMMON",
        "Password12345, COMMON",
        "P@ssw0rd!!!!, COMMON",
        "--sunshine2026, COMMON",
        "finalfantasy, COMMON",
        "alice.archer2026, PERSONAL",
        "Archer-19841, PERSONAL",
        "rapport-2026, PERSONAL",
    })
    void refuses(String password, Weakness weakness) {
        assertThat(rules.weakness(password, OWNER)).contains(weakness);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "Xk9#mQ2$vLp7",
                "archer plays the tuba",
                "grüne Äpfel im Winter",
                "treuherzig-Kabeljau"
            })
    void takes(String password) {
        assertThat(rules.weakness(password, OWNER)).isEmpty();
    }

    @Test
    @DisplayName("CR-009: takes 128 characters and not 129")
    void takesUpTo128Characters() {
        var long128 = "Xk9#mQ2$vLp7 grape ".repeat(7).substring(0, 127) + "!";

        assertThat(rules.weakness(long128, OWNER)).isEmpty();
        assertThat(rules.weakness(long128 + "!", OWNER)).contains(Weakness.LENGTH);
    }
}
