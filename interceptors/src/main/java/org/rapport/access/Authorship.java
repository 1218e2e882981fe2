package org.rapport.access;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Finds in a resource whose work it is, by the elements that FHIR R4 has for it, whatever the type. */
public final class Authorship {

    /** Who answers for what is written. */
    private static final Set<String> ANSWERABLE = Set.of(
            "author",
            "recorder",
            "requester",
            "sender",
            "orderer",
            "prescriber",
            "assessor",
            "authenticator",
            "attester");

    /** Whose word or work it is, be it entered by somebody else. */
    private static final Set<String> ENTERED_FOR_OTHERS = Set.of(
            "performer",
            "asserter",
            "source",
            "informationSource",
            "operator",
            "enterer",
            "contributor",
            "expressedBy",
            "dispenser");

    private static final Set<String> ALL = all();

    /** Where a component with a role keeps the reference. */
    private static final Set<String> WRAPPED = Set.of("actor", "reference", "party");

    private Authorship() {}

    /** Everybody whose work it is. */
    public static Stream<Reference> of(Resource resource) {
        return in(resource, ALL);
    }

    /** Those who answer for it; what others told or measured, staff enters for them. */
    static Stream<Reference> answerable(Resource resource) {
        return in(resource, ANSWERABLE);
    }

    private static Stream<Reference> in(Resource resource, Set<String> elements) {
        return elements.stream()
                .flatMap(name -> values(resource, name))
                .flatMap(value -> value instanceof Reference
                        ? Stream.of(value)
                        : WRAPPED.stream().flatMap(name -> values(value, name)))
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast);
    }

    private static Stream<Base> values(Base element, String name) {
        return Stream.ofNullable(element.getNamedProperty(name)).flatMap(property -> property.getValues().stream());
    }

    private static Set<String> all() {
        var all = new HashSet<>(ANSWERABLE);
        all.addAll(ENTERED_FOR_OTHERS);
        return Set.copyOf(all);
    }
}
