package org.rapport.consent.fhir;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.TypeRule;
import org.rapport.consent.DataScope.Code;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.ProtectedResource.Person;

/**
 * Reads of a resource what rules compare.
 *
 * @param references tells which references are ours
 * @param labelledSince from when on each version was labelled before it was stored
 */
public record ResourceReader(LocalReferences references, Instant labelledSince) {

    /** A stored resource, which belongs to these patients. */
    public ProtectedResource read(Resource stored, Set<Person> patients) {
        var updated = stored.getMeta().getLastUpdated();
        boolean labelled = TypeRule.of(stored.fhirType()).labelled()
                && updated != null
                && !updated.toInstant().isBefore(labelledSince);
        return read(stored, patients, labelled);
    }

    /** A resource that is labelled and not stored yet; it would belong to these patients. */
    public ProtectedResource readLabelled(Resource resource, Set<Person> patients) {
        return read(resource, patients, true);
    }

    private ProtectedResource read(Resource resource, Set<Person> patients, boolean labelled) {
        var id = resource.getIdElement();
        return new ProtectedResource(
                resource.fhirType(),
                Optional.ofNullable(id.getIdPart()),
                Optional.ofNullable(id.getVersionIdPart()),
                patients,
                new ResourceContent(resource, references, labelled));
    }

    /** The labels in {@code meta.security} that rules know: codes of v3-Confidentiality and v3-ActCode. */
    public static Set<String> labels(Meta meta) {
        return meta.getSecurity().stream()
                .filter(label -> CodeSystems.CONFIDENTIALITY.equals(label.getSystem())
                        || CodeSystems.ACT_CODE.equals(label.getSystem()))
                .map(Coding::getCode)
                .filter(code -> code != null)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every code that a resource holds, but for those about the resource itself. */
    public static Set<Code> codes(Resource resource) {
        return ResourceContent.codesIn(resource);
    }
}
