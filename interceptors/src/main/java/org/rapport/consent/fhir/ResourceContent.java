package org.rapport.consent.fhir;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Authorship;
import org.rapport.consent.DataScope.Code;
import org.rapport.consent.Labels;
import org.rapport.consent.ProtectedResource.Content;
import org.rapport.consent.Span;

/**
 * Finds in a resource what rules compare.
 *
 * @param resource of any type
 * @param local tells which references are ours
 * @param labelled whether the labelling has looked at it
 */
record ResourceContent(Resource resource, LocalReferences local, boolean labelled) implements Content {

    /** Where resources say when something was or applies; the first that is there tells it. */
    private static final List<String> DATES = List.of(
            "effective[x]",
            "performed[x]",
            "occurrence[x]",
            "period",
            "onset[x]",
            "started",
            "date",
            "identified",
            "recordedDate",
            "authoredOn",
            "authored",
            "dateAsserted",
            "sent",
            "received",
            "created",
            "issued",
            "whenHandedOver",
            "whenPrepared",
            "indexed",
            "dateTime",
            "recorded");

    @Override
    public Optional<Span> dated() {
        return Stream.concat(
                        DATES.stream().flatMap(name -> values(resource, name)).map(Spans::of), slot(resource))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** An appointment has its period spread over two elements. */
    private static Stream<Optional<Span>> slot(Resource resource) {
        return values(resource, "start")
                .filter(start -> start.hasPrimitiveValue())
                .map(start -> Spans.of(start))
                .limit(1);
    }

    @Override
    public Set<String> authors() {
        return Authorship.of(resource).map(local::of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Code> codes() {
        return codesIn(resource);
    }

    static Set<Code> codesIn(Resource resource) {
        return resource.children().stream()
                .filter(child -> !child.getName().equals("meta"))
                .map(child -> child.getValues())
                .flatMap(Collection::stream)
                .flatMap(LocalReferences::everythingIn)
                .filter(Coding.class::isInstance)
                .map(Coding.class::cast)
                .filter(coding -> coding.hasSystem() && coding.hasCode())
                .map(coding -> new Code(coding.getSystem(), coding.getCode()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<Base> values(Base element, String name) {
        return Stream.ofNullable(element.getNamedProperty(name)).flatMap(property -> property.getValues().stream());
    }

    @Override
    public Set<String> references() {
        return local.from(resource);
    }

    @Override
    public Labels labels() {
        return new Labels(ResourceReader.labels(resource.getMeta()), labelled);
    }
}
