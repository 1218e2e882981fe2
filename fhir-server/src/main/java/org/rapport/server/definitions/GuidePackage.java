package org.rapport.server.definitions;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.utilities.npm.NpmPackage;
import org.rapport.ig.Guide;
import org.rapport.server.StartFailure;

/** An implementation guide as FHIR's package registries hand it out: a gzipped tar with a name and a version. */
final class GuidePackage {

    private final String name;
    private final String version;
    private final byte[] content;

    private GuidePackage(String name, String version, byte[] content) {
        this.name = name;
        this.version = version;
        this.content = content;
    }

    /** The package id, such as hl7.fhir.us.core. */
    String name() {
        return name;
    }

    String version() {
        return version;
    }

    byte[] content() {
        return content.clone();
    }

    /** Our own guide. */
    static GuidePackage ours() {
        try (InputStream in = Guide.openPackage()) {
            return new GuidePackage(Guide.PACKAGE_ID, Guide.VERSION, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The packages that the operator named, folders opened, in the order of their names.
     *
     * @throws StartFailure if one is missing or is no package
     */
    static List<GuidePackage> from(List<Path> filesAndFolders) {
        return filesAndFolders.stream()
                .flatMap(GuidePackage::files)
                .map(GuidePackage::read)
                .toList();
    }

    private static Stream<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (var entries = Files.list(path)) {
            return entries.filter(file -> file.toString().endsWith(".tgz")).sorted().toList().stream();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static GuidePackage read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            var npm = NpmPackage.fromPackage(new ByteArrayInputStream(content));
            return new GuidePackage(npm.name(), npm.version(), content);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static StartFailure unreadable(Path path, Exception cause) {
        return new StartFailure(
                "The FHIR package " + path + " named in rapport.fhir.packages cannot be read; name a .tgz file that"
                        + " is an implementation guide, or a folder of them.",
                cause);
    }
}
