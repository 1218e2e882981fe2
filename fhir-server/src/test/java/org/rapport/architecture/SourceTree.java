package org.rapport.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The source files of all modules.
 *
 * @param root the folder that holds the modules
 */
record SourceTree(Path root) {

    private static final int LONGEST_FILE = 300;

    /** The tree that this test is part of. */
    static SourceTree ofTheProduct() {
        return new SourceTree(Path.of("..").toAbsolutePath().normalize());
    }

    /** Files with more lines than a reader keeps in mind. */
    List<Path> tooLong() {
        return javaFiles("main|test").filter(file -> lines(file) > LONGEST_FILE).toList();
    }

    /** Files of the product that lie outside of our package. */
    List<Path> outsideOurPackage() {
        return javaFiles("main")
                .filter(file -> !file.toString().contains("/src/main/java/org/rapport/"))
                .toList();
    }

    /** Packages of the product that do not say what they are, or are not null-marked. */
    List<Path> notNullMarked() {
        return javaFiles("main")
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct()
                .filter(Predicate.not(SourceTree::saysNullMarked))
                .toList();
    }

    /** How many files of the product there are. */
    long size() {
        return javaFiles("main").count();
    }

    private Stream<Path> javaFiles(String sourceSets) {
        var wanted = ".*/src/(" + sourceSets + ")/java/.*\\.java";
        try (var files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().matches(wanted))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|node_modules)/.*"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean saysNullMarked(Path packageInfo) {
        return Files.exists(packageInfo) && read(packageInfo).contains("@NullMarked");
    }

    private static long lines(Path file) {
        return read(file).lines().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
