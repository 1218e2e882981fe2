package org.rapport.masterkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {

    private static final byte[] SECRET = "CANARY".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void isMadeOnceAndForItsOwnerOnly() throws IOException {
        var file = folder.resolve("new/master.key");
        var sealed = MasterKey.fromFile(file).encrypt(SECRET, "test");

        assertThat(MasterKey.fromFile(file).decrypt(sealed, "test")).hasValue(SECRET);
        assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void opensOnlyWhatItSealedForTheSamePurpose() {
        var key = MasterKey.fromFile(folder.resolve("a"));
        var sealed = key.encrypt(SECRET, "one");

        assertThat(key.decrypt(sealed, "two")).isEmpty();
        assertThat(MasterKey.fromFile(folder.resolve("b")).decrypt(sealed, "one"))
                .isEmpty();
        sealed[sealed.length - 1] ^= 1;
        assertThat(key.decrypt(sealed, "one")).isEmpty();
        assertThat(key.decrypt(new byte[3], "one")).isEmpty();
    }

    @Test
    void neverSealsTheSameWayTwice() {
        var key = MasterKey.fromFile(folder.resolve("a"));

        assertThat(key.encrypt(SECRET, "one")).isNotEqualTo(key.encrypt(SECRET, "one"));
    }

    @Test
    void refusesAFileThatOthersCanRead() throws IOException {
        var file = folder.resolve("a");
        MasterKey.fromFile(file);
        assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatExceptionOfType(UnusableMasterKey.class)
                .isThrownBy(() -> MasterKey.fromFile(file))
                .withMessageContaining("chmod 600");
    }

    @Test
    void refusesAFileThatHoldsNoKey() throws IOException {
        var file = folder.resolve("a");
        MasterKey.fromFile(file);
        Files.writeString(file, "c2hvcnQ=");

        assertThatExceptionOfType(UnusableMasterKey.class)
                .isThrownBy(() -> MasterKey.fromFile(file))
                .withMessageContaining("32 bytes");
    }

    @Test
    void goesOnToDecryptWhatAFormerKeySealed() throws IOException {
        var old = folder.resolve("old");
        var sealed = MasterKey.fromFile(old).encrypt(SECRET, "one");
        var file = folder.resolve("new");
        MasterKey.fromFile(file);
        Files.writeString(file, Files.readString(file) + "\n" + Files.readString(old) + "\n");
        var key = MasterKey.fromFile(file);

        assertThat(key.decrypt(sealed, "one")).hasValue(SECRET);
        assertThat(key.keyedHashes(SECRET, "one"))
                .containsExactly(
                        key.keyedHash(SECRET, "one"), MasterKey.fromFile(old).keyedHash(SECRET, "one"));
        assertThat(key.isCurrent(sealed)).isFalse();
        assertThat(key.isCurrent(key.encrypt(SECRET, "one"))).isTrue();
    }

    @Test
    void goesOnToDecryptWhatWasSealedWithoutTheIdOfItsKey() {
        var key = MasterKey.fromFile(folder.resolve("a"));
        var sealed = key.encrypt(SECRET, "one");
        var withoutId = Arrays.copyOfRange(sealed, 8, sealed.length);

        assertThat(key.decrypt(withoutId, "one")).hasValue(SECRET);
        assertThat(key.decrypt(withoutId, "two")).isEmpty();
        assertThat(key.isCurrent(withoutId)).isFalse();
    }

    @Nested
    class OfACommand {

        private Path script(String text) throws IOException {
            assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
            var script = folder.resolve("kms");
            Files.writeString(script, "#!/bin/sh\n" + text + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        }

        private MasterKey printedBy(Path script, String... arguments) {
            var command = new ArrayList<>(List.of(script.toString()));
            command.addAll(List.of(arguments));
            return MasterKey.from(new MasterKeyCommand(command, Duration.ofSeconds(5)));
        }

        @Test
        void isWhatItPrints() throws IOException {
            var file = folder.resolve("a");
            var sealed = MasterKey.fromFile(file).encrypt(SECRET, "one");

            assertThat(printedBy(script("cat $1"), file.toString()).decrypt(sealed, "one"))
                    .hasValue(SECRET);
        }

        @Test
        @DisplayName("CR-003: a command that fails, hangs, prints no key or is not there stops the start")
        void isRefusedWhenItDoesNotComeAndNothingItSaidIsRepeated() throws IOException {
            assertRefused(script("echo CANARY; echo CANARY >&2; exit 3"), "exit code 3");
            assertRefused(script("echo CANARY"), "32 bytes");
            assertRefused(script("exit 0"), "32 bytes");
            assertRefused(folder.resolve("missing"), "cannot be run");
            var hanging = new MasterKeyCommand(List.of(script("sleep 60").toString()), Duration.ofMillis(200));
            assertThatExceptionOfType(UnusableMasterKey.class)
                    .isThrownBy(() -> MasterKey.from(hanging))
                    .withMessageContaining("did not end");
        }

        private void assertRefused(Path script, String why) {
            assertThatExceptionOfType(UnusableMasterKey.class)
                    .isThrownBy(() -> printedBy(script, "CANARY"))
                    .withMessageContaining(why)
                    .withMessageNotContaining("CANARY");
        }

        @Test
        void isNotMixedWithAFile() {
            var both = new KeySettings(folder.resolve("a"), List.of("kms"), Duration.ofDays(90), Duration.ofHours(1));

            assertThatExceptionOfType(UnusableMasterKey.class)
                    .isThrownBy(() -> MasterKey.of(both, folder.resolve("usual")))
                    .withMessageContaining("keep one of them");
        }
    }
}
