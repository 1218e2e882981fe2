package org.rapport.consent;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.rapport.consent.DataScope.Part;
import org.rapport.consent.Rule.Conditions;

/**
 * Compares rules with one use of one resource.
 *
 * @param use what somebody wants
 * @param resource what it is about
 * @param pcf whether the consent declares an IHE PCF profile
 */
record RuleMatch(Use use, ProtectedResource resource, boolean pcf) {

    /** In what PCF takes data to be made. */
    private static final Set<String> MADE_IN = Set.of("Encounter", "CarePlan", "EpisodeOfCare");

    /** Whether a rule with this effect is about the use. */
    boolean holds(Effect effect, boolean understood, Conditions conditions) {
        return (understood ? truth(effect, conditions) : Truth.UNKNOWN).fulfils(effect);
    }

    private Truth truth(Effect effect, Conditions conditions) {
        var content = resource.content();
        var data = conditions.data();
        return Truth.all(Stream.of(
                conditions.actors().met(use.who().references()::contains),
                conditions.purposes().met(use::isFor),
                conditions.actions().met(use.action()::equals),
                conditions
                        .period()
                        .map(period ->
                                Truth.of(period.contains(use.now(), use.house().zone())))
                        .orElse(Truth.YES),
                labels(effect, data.labels()),
                data.types().met(resource.type()::equals),
                data.codes().met(code -> content.codes().contains(code)),
                data.period().map(period -> dated(effect, period)).orElse(Truth.YES),
                parts(effect, data.parts())));
    }

    private Truth labels(Effect effect, Choice<String> named) {
        if (!named.stated()) {
            return Truth.YES;
        }
        var labels = resource.content().labels();
        return effect == Effect.PERMIT ? labels.permittedBy(named) : labels.deniedBy(named);
    }

    /** What is permitted lies in the period as a whole; what is denied need only touch it. */
    private Truth dated(Effect effect, Span period) {
        var zone = use.house().zone();
        return resource.content()
                .dated()
                .map(dated ->
                        Truth.of(effect == Effect.PERMIT ? period.contains(dated, zone) : period.touches(dated, zone)))
                .orElse(Truth.UNKNOWN);
    }

    private Truth parts(Effect effect, Choice<Part> parts) {
        if (!parts.stated()) {
            return Truth.YES;
        }
        Function<Part, Truth> belongs = part -> belongs(effect, part);
        return parts.known().stream().map(belongs).reduce(parts.unknown() ? Truth.UNKNOWN : Truth.NO, Truth::or);
    }

    private Truth belongs(Effect effect, Part part) {
        return switch (part.meaning()) {
            case INSTANCE -> Truth.of(isInstance(effect, part));
            case RELATED -> related(effect, part);
            case DEPENDENTS -> Truth.of(isInstance(effect, part) || refersTo(part));
            case AUTHORED_BY -> {
                var authors = resource.content().authors();
                yield authors.isEmpty() ? Truth.UNKNOWN : Truth.of(authors.contains(part.reference()));
            }
        };
    }

    /** A denial of one version does not let the others out: they mostly say the same. */
    private boolean isInstance(Effect effect, Part part) {
        return resource.is(part.reference())
                && (effect == Effect.DENY
                        || part.version().isEmpty()
                        || part.version().equals(resource.version()));
    }

    private Truth related(Effect effect, Part part) {
        var instance = Truth.of(isInstance(effect, part));
        return switch (effect) {
            case DENY -> instance.or(Truth.of(refersTo(part))).or(isReferredTo(part));
            case PERMIT ->
                pcf && MADE_IN.contains(typeOf(part))
                        ? instance.or(Truth.of(refersTo(part)))
                        : instance.or(isReferredTo(part));
        };
    }

    private boolean refersTo(Part part) {
        return resource.content().references().contains(part.reference());
    }

    private Truth isReferredTo(Part part) {
        return part.refersTo()
                .map(references -> Truth.of(references.stream().anyMatch(resource::is)))
                .orElse(Truth.UNKNOWN);
    }

    private static String typeOf(Part part) {
        return part.reference().substring(0, Math.max(part.reference().indexOf('/'), 0));
    }
}
