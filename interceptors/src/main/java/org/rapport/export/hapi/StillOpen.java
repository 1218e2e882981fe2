package org.rapport.export.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.ExportAccess;

/**
 * Leaves of a part what its client may take at this moment: scopes and consents may have changed since it was written.
 *
 * @param access as of now
 */
record StillOpen(ExportAccess access) {

    /** Lines of NDJSON, unpacked. */
    byte[] of(byte[] packed) throws IOException {
        var parser = FhirContext.forR4Cached().newJsonParser();
        var lines = unpacked(packed).lines().toList();
        var resources = lines.stream()
                .map(line -> (Resource) parser.parseResource(line))
                .toList();
        access.prepare(resources.stream());
        var left = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            if (access.mayTake(resources.get(line))) {
                left.append(lines.get(line)).append('\n');
            }
        }
        return left.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String unpacked(byte[] packed) throws IOException {
        try (var text = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
