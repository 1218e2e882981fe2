package org.rapport.document.hapi;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.StoredResources;

/**
 * Documents kept in memory.
 *
 * @param stored the resources of a type
 * @param resources read one
 * @param origin of the server
 */
public record TestDocuments(Function<String, Stream<Resource>> stored, StoredResources resources, PublicOrigin origin)
        implements StoredDocuments {

    /** There are no documents. */
    public static final StoredDocuments NONE = new TestDocuments(
            type -> Stream.of(), (type, id) -> Optional.empty(), new PublicOrigin("http://127.0.0.1"));

    @Override
    public List<Resource> naming(Collection<AttachedFile> files) {
        return stored.apply("DocumentReference")
                .filter(document -> !Collections.disjoint(AttachedFile.in(document, origin), files))
                .toList();
    }

    @Override
    public boolean isCurrent(Binary file) {
        return resources
                .current("Binary", file.getIdElement().getIdPart())
                .filter(found -> found.getIdElement()
                        .getVersionIdPart()
                        .equals(file.getIdElement().getVersionIdPart()))
                .isPresent();
    }
}
