package org.rapport.document.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.PublicOrigin;

/**
 * A file of this server as the url of an attachment names it.
 *
 * @param id logical id of the Binary
 * @param version the version that is meant; empty for the current one
 */
public record AttachedFile(String id, Optional<String> version) {

    private static final String TYPE = "Binary";

    /** What the attachments of a resource name, wherever in it they are. */
    public static Set<AttachedFile> in(Resource resource, PublicOrigin origin) {
        return FhirContext.forR4Cached()
                .newTerser()
                .getAllPopulatedChildElementsOfType(resource, Attachment.class)
                .stream()
                .flatMap(attachment -> Stream.ofNullable(attachment.getUrl()))
                .flatMap(url -> named(url, origin).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The names of one version of a file. */
    public static Set<AttachedFile> names(Binary file, boolean current) {
        var id = file.getIdElement();
        if (!id.hasIdPart()) {
            return Set.of();
        }
        var exact = Stream.ofNullable(id.getVersionIdPart()).map(Optional::of);
        var now = current ? Stream.of(Optional.<String>empty()) : Stream.<Optional<String>>of();
        return Stream.concat(exact, now)
                .map(version -> new AttachedFile(id.getIdPart(), version))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The urls that name it. */
    Stream<String> urls(PublicOrigin origin) {
        var path = TYPE + "/" + id + version.map("/_history/"::concat).orElse("");
        return Stream.of(path, origin.fhirBase() + "/" + path);
    }

    private static Optional<AttachedFile> named(String url, PublicOrigin origin) {
        var id = new IdType(url);
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase());
        return here && TYPE.equals(id.getResourceType()) && id.hasIdPart()
                ? Optional.of(new AttachedFile(id.getIdPart(), Optional.ofNullable(id.getVersionIdPart())))
                : Optional.empty();
    }
}
