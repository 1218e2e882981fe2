package org.rapport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path folder;

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        try (var data = DataDirectory.lock(folder.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                    .isEqualTo("rwx------");
            assertThat(data.resolve("lucene")).isEqualTo(folder.resolve("data").resolve("lucene"));
        }
    }

    @Test
    void belongsToOneHolderAtATime() throws IOException {
        try (var first = DataDirectory.lock(folder)) {
            assertThatThrownBy(() -> DataDirectory.lock(folder))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining(first.resolve("").toString().replaceAll("/$", ""))
                    .hasMessageContaining("rapport.data-dir");
        }
    }

    @Test
    void canBeTakenAgainOnceItsHolderIsGone() throws IOException {
        DataDirectory.lock(folder).close();
        try (var again = DataDirectory.lock(folder)) {
            assertThat(again.resolve("x")).hasFileName("x");
        }
    }

    @Test
    void saysSoWhenItIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.lock(file))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot be written");
    }
}
