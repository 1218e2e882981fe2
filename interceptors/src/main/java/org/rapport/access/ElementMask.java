package org.rapport.access;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.ig.GuideExtension;

/**
 * Takes elements out of resources, and with them what may say the same: the narrative, extensions of the resource that are
 * not ours, and contained resources that nothing shown leads to.
 *
 * @param hidden the masked elements of each type
 */
public record ElementMask(Hidden hidden) {

    /** The code system of the two marks of a part. */
    public static final String MARKS = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    private static final String SUBSETTED = "SUBSETTED";
    private static final String REDACTED = "REDACTED";
    private static final Set<String> OUR_EXTENSIONS = Set.of(GuideExtension.HOLD_EXPIRES.canonical());
    private static final Set<String> NOT_CONTENT =
            Set.of("id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension");
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** Knows what is masked from somebody. */
    public interface Hidden {

        /** The masked elements of a type; none where all of it may be seen. */
        Set<String> of(String type);

        /** Whether resources of a type may be seen at all. */
        boolean isOpen(String type);
    }

    /**
     * What is left of a resource without some elements, marked as a part.
     *
     * @return the resource itself when nothing of it is masked, else a copy
     * @throws ClassCastException for one that can have no narrative, such as a Binary: nothing of these can be masked
     */
    public Resource without(Set<String> elements, Resource whole) {
        if (elements.isEmpty() && !holdsMasked(whole)) {
            return whole;
        }
        var part = (DomainResource) whole.copy();
        if (!elements.isEmpty()) {
            cut(part, elements);
            new ContainedResources(part).keep(hidden::isOpen);
        }
        part.getContained().stream()
                .filter(one -> !hidden.of(one.fhirType()).isEmpty())
                .map(DomainResource.class::cast)
                .forEach(one -> cut(one, hidden.of(one.fhirType())));
        part.setText(null);
        mark(part.getMeta());
        return part;
    }

    /** Whether somebody from whom elements are masked may name this one, as JSON writes it, to change it. */
    public static boolean isContent(String type, String name, Set<String> masked) {
        var child = FHIR.getResourceDefinition(type).getChildByName(name);
        return child != null && !masked.contains(element(child)) && !NOT_CONTENT.contains(element(child));
    }

    /** Whether a resource is marked as a part. */
    public static boolean isPart(Resource resource) {
        return resource.getMeta().getTag(MARKS, SUBSETTED) != null;
    }

    private boolean holdsMasked(Resource whole) {
        return whole instanceof DomainResource holder
                && holder.getContained().stream()
                        .anyMatch(one -> !hidden.of(one.fhirType()).isEmpty());
    }

    private static void cut(DomainResource part, Set<String> elements) {
        FHIR.getResourceDefinition(part).getChildren().stream()
                .filter(child -> elements.contains(element(child)))
                .forEach(child -> child.getMutator().setValue(part, null));
        part.getExtension().removeIf(extension -> !OUR_EXTENSIONS.contains(extension.getUrl()));
        part.getModifierExtension().clear();
        part.setText(null);
    }

    /** The name without what stands for the type of a value. */
    private static String element(BaseRuntimeChildDefinition child) {
        return child.getElementName().replace("[x]", "");
    }

    private static void mark(Meta meta) {
        if (meta.getTag(MARKS, SUBSETTED) == null) {
            meta.addTag(MARKS, SUBSETTED, "subsetted");
        }
        if (meta.getSecurity(MARKS, REDACTED) == null) {
            meta.addSecurity(MARKS, REDACTED, "redacted");
        }
    }
}
