package org.rapport.server.definitions;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which further FHIR packages the server works by.
 *
 * @param packages implementation guide packages (.tgz files), or folders of them, that are installed at start
 */
@ConfigurationProperties("rapport.fhir")
public record PackageSettings(@DefaultValue List<Path> packages) {

    /** Copies what it is given. */
    public PackageSettings {
        packages = List.copyOf(packages);
    }
}
