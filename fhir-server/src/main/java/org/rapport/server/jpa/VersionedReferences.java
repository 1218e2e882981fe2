package org.rapport.server.jpa;

import ca.uhn.fhir.context.FhirContext;
import java.util.stream.Stream;

/**
 * Keeps the version in references that are about one version of a resource. From all others HAPI takes it off, when it
 * stores and when it writes.
 */
final class VersionedReferences {

    private static final String[] ABOUT_A_VERSION = {
        "AuditEvent.entity.what", "Provenance.target", "Provenance.entity.what"
    };

    /** From now on, in all that the store and the exports write. */
    VersionedReferences(FhirContext store) {
        Stream.of(store, FhirContext.forR4Cached())
                .forEach(fhir -> fhir.getParserOptions().setDontStripVersionsFromReferencesAtPaths(ABOUT_A_VERSION));
    }
}
