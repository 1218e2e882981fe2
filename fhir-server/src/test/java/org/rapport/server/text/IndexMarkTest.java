package org.rapport.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexMarkTest {

    @TempDir
    Path folder;

    @Test
    void isTheEpochForANewIndex() {
        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void isTheEpochWhenItsFileIsBroken() throws IOException {
        Files.writeString(folder.resolve("indexed-until"), "2026-");
        assertThat(mark().read()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void isWhatWasWrittenLast() throws IOException {
        mark().write(Instant.parse("2026-01-01T00:00:00Z"));
        mark().write(Instant.parse("2026-01-02T00:00:00Z"));
        assertThat(mark().read()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    }

    private IndexMark mark() {
        return new IndexMark(folder.resolve("indexed-until"));
    }
}
