package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AccessMatrixTest {

    private static final Path REVIEWED = Path.of("src", "test", "resources", "access-matrix.txt");

    @Test
    void isWhatWasReviewed() throws IOException {
        var matrix = new AccessMatrix().text();
        if (Boolean.getBoolean("rapport.matrix.write")) {
            Files.writeString(REVIEWED, matrix);
        }
        assertThat(matrix)
                .as("Run with -Drapport.matrix.write=true and review the difference")
                .isEqualTo(Files.readString(REVIEWED));
    }
}
