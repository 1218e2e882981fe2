package org.rapport.consent.fhir;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.DataScope.Code;
import org.rapport.consent.Labels;
import org.rapport.consent.ProtectedResource;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.ig.Guide;

/**
 * Reads of a resource what rules compare.
 *
 * @param references tells which references are ours
 */
public record ResourceReader(LocalReferences references) {

    /** On {@code meta} of a version that the labelling has looked at. */
    public static final String LABELLED = Guide.CANONICAL + "/StructureDefinition/labelled";

    /** The resource, which belongs to these patients. */
    public ProtectedResource read(Resource resource, Set<Person> patients) {
        var id = resource.getIdElement();
        return new ProtectedResource(
                resource.fhirType(),
                Optional.ofNullable(id.getIdPart()),
                Optional.ofNullable(id.getVersionIdPart()),
                patients,
                new ResourceContent(resource, references));
    }

    /** The labels in {@code meta.security} that rules know, and whether the labelling has looked at them. */
    public static Labels labels(Meta meta) {
        var codes = meta.getSecurity().stream()
                .filter(label -> CodeSystems.CONFIDENTIALITY.equals(label.getSystem())
                        || CodeSystems.ACT_CODE.equals(label.getSystem()))
                .map(Coding::getCode)
                .filter(code -> code != null)
                .collect(Collectors.toUnmodifiableSet());
        return new Labels(codes, meta.getExtension().stream().anyMatch(ResourceReader::isMark));
    }

    /** Every code that a resource holds, but for those about the resource itself. */
    public static Set<Code> codes(Resource resource) {
        return ResourceContent.codesIn(resource);
    }

    private static boolean isMark(Extension extension) {
        return LABELLED.equals(extension.getUrl());
    }
}
