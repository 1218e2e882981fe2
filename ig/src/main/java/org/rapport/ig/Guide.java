package org.rapport.ig;

import java.io.InputStream;

/** Names our FHIR implementation guide and opens its built package. */
public final class Guide {

    /** The canonical base: every profile, search parameter and operation of ours has a URL that starts with it. */
    public static final String CANONICAL = "https://rapport.example/fhir";

    /** The name of the package, as in {@code package.json}. */
    public static final String PACKAGE_ID = "org.rapport.ig";

    /** The version of the guide and of each resource in it; the version of the product is another one. */
    public static final String VERSION = "0.1.0";

    /** Where the built package lies on the class path, for a tool that wants the name rather than the stream. */
    public static final String PACKAGE_RESOURCE = "org/rapport/ig/package.tgz";

    private Guide() {}

    /** Opens the built package, a gzipped tar in the layout of FHIR's package registries; the caller closes it. */
    public static InputStream openPackage() {
        return open("package.tgz");
    }

    static InputStream open(String resource) {
        var stream = Guide.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("The jar of the guide lacks its resource " + resource + ".");
        }
        return stream;
    }
}
