package org.rapport.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachedPasswordsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void findsEachOfTheListAndNothingElse(String lineEnd) throws IOException {
        var list = new BreachedPasswords(listOf(500, lineEnd));

        assertThat(IntStream.range(0, 500)).allMatch(i -> list.contains("breached " + i));
        assertThat(IntStream.range(500, 1_000)).noneMatch(i -> list.contains("breached " + i));
    }

    @Test
    void findsTheOnlyOne() throws IOException {
        var list = new BreachedPasswords(listOf(1, "\n"));

        assertThat(list.contains("breached 0")).isTrue();
        assertThat(list.contains("breached 1")).isFalse();
    }

    @Test
    void isAskedByTheRules() throws IOException {
        var rules = new PasswordRules(new CommonPasswords(), Optional.of(new BreachedPasswords(listOf(9, "\n"))));

        assertThat(rules.weakness("breached 0 and then some", new PasswordRules.Owner("a", "A")))
                .isEmpty();
        Files.writeString(folder.resolve("one"), sha1("treuherzig-Kabeljau") + ":3\n");
        var with = new PasswordRules(new CommonPasswords(), Optional.of(new BreachedPasswords(folder.resolve("one"))));
        assertThat(with.weakness("treuherzig-Kabeljau", new PasswordRules.Owner("a", "A")))
                .contains(Weakness.BREACHED);
    }

    @Test
    void mustBeAList() throws IOException {
        var file = Files.writeString(folder.resolve("other"), "password\n123456\n");

        assertThatThrownBy(() -> new BreachedPasswords(file)).hasMessageContaining("is no SHA-1");
        assertThatThrownBy(() -> new BreachedPasswords(folder.resolve("missing")))
                .hasMessageContaining("rapport.accounts.breached-passwords-file");
    }

    private Path listOf(int count, String lineEnd) throws IOException {
        var lines = IntStream.range(0, count)
                .mapToObj(i -> sha1("breached " + i) + ":" + (i * 37 + 1))
                .sorted()
                .collect(Collectors.joining(lineEnd, "", lineEnd));
        return Files.writeString(folder.resolve("list" + count), lines);
    }

    private static String sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
