package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
}
