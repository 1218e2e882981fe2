package org.rapport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    private final SourceTree product = SourceTree.ofTheProduct();

    @Test
    void isFound() {
        assertThat(product.size()).isGreaterThan(10);
    }

    @Test
    void hasNoFileOfMoreThan300Lines() {
        assertThat(product.tooLong()).isEmpty();
    }

    @Test
    void hasNoClassOutsideOurPackage() {
        assertThat(product.outsideOurPackage()).isEmpty();
    }

    @Test
    void marksEveryPackageAgainstNull() {
        assertThat(product.notNullMarked()).isEmpty();
    }

    @Nested
    class Finds {

        @TempDir
        Path root;

        @Test
        void aFileOf301Lines() throws IOException {
            write("a/src/main/java/org/rapport/a/Right.java", "\n".repeat(300));
            var broken = write("a/src/main/java/org/rapport/a/Long.java", "\n".repeat(301));
            assertThat(new SourceTree(root).tooLong()).containsExactly(broken);
        }

        @Test
        void aClassOutsideOurPackage() throws IOException {
            var broken = write("a/src/main/java/ca/uhn/fhir/Borrowed.java", "");
            assertThat(new SourceTree(root).outsideOurPackage()).containsExactly(broken);
        }

        @Test
        void aPackageWithoutNullMark() throws IOException {
            write("a/src/main/java/org/rapport/a/A.java", "");
            write("a/src/main/java/org/rapport/b/B.java", "");
            write("a/src/main/java/org/rapport/b/package-info.java", "@NullMarked package org.rapport.b;");
            assertThat(new SourceTree(root).notNullMarked())
                    .containsExactly(root.resolve("a/src/main/java/org/rapport/a/package-info.java"));
        }

        private Path write(String file, String text) throws IOException {
            var path = root.resolve(file);
            Files.createDirectories(path.getParent());
            return Files.writeString(path, text);
        }
    }
}
