package org.rapport.consent.fhir;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Consent.provisionActorComponent;
import org.hl7.fhir.r4.model.Consent.provisionDataComponent;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.Choice;
import org.rapport.consent.DataScope;
import org.rapport.consent.DataScope.Code;
import org.rapport.consent.DataScope.Meaning;
import org.rapport.consent.DataScope.Part;
import org.rapport.consent.Labels.Confidentiality;
import org.rapport.consent.Rule.Conditions;
import org.rapport.consent.Use.Action;

/**
 * Reads what one provision states.
 *
 * @param references tells which references are ours
 * @param stored finds a resource by its relative reference
 */
record ConditionReader(LocalReferences references, Function<String, Optional<Resource>> stored) {

    /** Whoever takes part like this gives the data or vouches for it; such an actor receives none. */
    private static final Set<String> NOT_RECEIVING = Set.of("AUT", "CST", "INF", "SBJ", "WIT");

    Conditions read(ProvisionComponent provision) {
        return new Conditions(
                choice(provision.getActor(), this::actor),
                choice(provision.getPurpose(), purpose -> inSystem(purpose, CodeSystems.PURPOSE)),
                choice(provision.getAction(), ConditionReader::action),
                Spans.of(provision.getPeriod()),
                new DataScope(
                        choice(provision.getSecurityLabel(), ConditionReader::label),
                        choice(provision.getClass_(), type -> inSystem(type, CodeSystems.RESOURCE_TYPE)),
                        codes(provision.getCode()),
                        Spans.of(provision.getDataPeriod()),
                        choice(provision.getData(), this::part)));
    }

    private static <S, T> Choice<T> choice(Collection<S> stated, Function<S, Optional<T>> reading) {
        var read = stated.stream().map(reading).toList();
        return new Choice<>(
                read.stream().flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet()),
                read.stream().anyMatch(Optional::isEmpty));
    }

    private Optional<String> actor(provisionActorComponent actor) {
        boolean receives = actor.getRole().getCoding().stream()
                .noneMatch(role ->
                        CodeSystems.PARTICIPATION.equals(role.getSystem()) && NOT_RECEIVING.contains(role.getCode()));
        return receives && !actor.hasModifierExtension()
                ? references.of(actor.getReference()).filter(this::isResolvable)
                : Optional.empty();
    }

    /** A group that describes its members instead of listing them cannot be asked who is in it. */
    private boolean isResolvable(String actor) {
        return stored.apply(actor)
                .filter(found -> !(found instanceof Group group) || group.getActual())
                .isPresent();
    }

    private static Optional<Action> action(CodeableConcept action) {
        return action.getCoding().stream()
                .map(coding -> inSystem(coding, CodeSystems.ACTION))
                .flatMap(Optional::stream)
                .map(ConditionReader::action)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whoever is shown data may use it: one cannot be told from the other here. */
    private static Optional<Action> action(String code) {
        return switch (code) {
            case "access", "use", "disclose" -> Optional.of(Action.ACCESS);
            case "collect" -> Optional.of(Action.COLLECT);
            case "correct" -> Optional.of(Action.CORRECT);
            default -> Optional.empty();
        };
    }

    private static Optional<String> label(Coding label) {
        return inSystem(label, CodeSystems.CONFIDENTIALITY)
                .filter(code -> Confidentiality.of(code).isPresent())
                .or(() -> inSystem(label, CodeSystems.ACT_CODE));
    }

    private static Choice<Code> codes(List<CodeableConcept> concepts) {
        var understood = concepts.stream().map(ConditionReader::clinical).toList();
        return new Choice<>(
                understood.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()),
                understood.stream().anyMatch(Set::isEmpty));
    }

    private static Set<Code> clinical(CodeableConcept concept) {
        return concept.getCoding().stream()
                .filter(coding -> coding.hasSystem() && coding.hasCode() && CodeSystems.isClinical(coding.getSystem()))
                .map(coding -> new Code(coding.getSystem(), coding.getCode()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Optional<Part> part(provisionDataComponent data) {
        return data.hasModifierExtension()
                ? Optional.empty()
                : meaning(data)
                        .flatMap(meaning -> references.id(data.getReference()).map(id -> part(meaning, id)));
    }

    private Part part(Meaning meaning, IdType id) {
        var reference = id.getResourceType() + "/" + id.getIdPart();
        Optional<Set<String>> refersTo =
                meaning == Meaning.RELATED ? stored.apply(reference).map(references::from) : Optional.empty();
        return new Part(meaning, reference, Optional.ofNullable(id.getVersionIdPart()), refersTo);
    }

    private static Optional<Meaning> meaning(provisionDataComponent data) {
        if (data.getMeaning() == null) {
            return Optional.empty();
        }
        return switch (data.getMeaning()) {
            case INSTANCE -> Optional.of(Meaning.INSTANCE);
            case RELATED -> Optional.of(Meaning.RELATED);
            case DEPENDENTS -> Optional.of(Meaning.DEPENDENTS);
            case AUTHOREDBY -> Optional.of(Meaning.AUTHORED_BY);
            case NULL -> Optional.empty();
        };
    }

    private static Optional<String> inSystem(Coding coding, String system) {
        return system.equals(coding.getSystem()) ? Optional.ofNullable(coding.getCode()) : Optional.empty();
    }
}
