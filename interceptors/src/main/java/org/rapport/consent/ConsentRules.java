package org.rapport.consent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rapport.consent.ConsentDecision.Deny;
import org.rapport.consent.ConsentDecision.Permit;
import org.rapport.consent.ConsentDecision.Reason;
import org.rapport.consent.Labels.Confidentiality;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.Rule.Conditions;

/**
 * Decides what consents say about one use of one resource.
 *
 * <p>Asked only about what the access rules allow: consent takes away and never adds. The deepest rule that matches wins
 * over those it is an exception to; among rules side by side, among consents and among patients a denial wins.
 */
public final class ConsentRules {

    private final Use use;
    private final ProtectedResource resource;

    private ConsentRules(Use use, ProtectedResource resource) {
        this.use = use;
        this.resource = resource;
    }

    /**
     * What the consents say.
     *
     * @param onFile the active privacy consents of the patients of the resource, and of what was merged into them
     */
    public static ConsentDecision decide(Use use, ProtectedResource resource, Collection<RecordedConsent> onFile) {
        return new ConsentRules(use, resource).decide(onFile);
    }

    private ConsentDecision decide(Collection<RecordedConsent> onFile) {
        if (isClosedByLaw()) {
            return new Deny(Reason.CLOSED_BY_LAW, "label");
        }
        return strictest(resource.patients().stream()
                .filter(person -> Collections.disjoint(person.ids(), use.who().ownRecords()))
                .flatMap(person -> decide(person, onFile)));
    }

    private boolean isClosedByLaw() {
        var labels = resource.content().labels();
        return !Collections.disjoint(labels.codes(), use.who().withheld())
                || (use.isEmergency() && labels.confidentiality() == Confidentiality.V);
    }

    private Stream<ConsentDecision> decide(Person person, Collection<RecordedConsent> onFile) {
        var valid = onFile.stream()
                .filter(consent -> person.ids().contains(consent.patient()) && consent.inForce(use))
                .toList();
        return valid.isEmpty()
                ? Stream.of(implicit("no consent"))
                : valid.stream()
                        .filter(consent ->
                                !consent.replacedByAny(valid, use.house().zone()))
                        .map(this::decide);
    }

    private ConsentDecision decide(RecordedConsent consent) {
        var path = consent.reference() + " provision";
        if (consent.form() == RecordedConsent.Form.WITHOUT_BASE) {
            return new Deny(Reason.NO_BASE, path);
        }
        var match = new RuleMatch(use, resource, consent.form() == RecordedConsent.Form.PCF);
        return decide(match, Place.root(consent.root(), path))
                .orElseGet(() -> consent.root().effect() == Effect.PERMIT
                        ? new Deny(Reason.NOT_PERMITTED, path)
                        : implicit(path));
    }

    private static Optional<ConsentDecision> decide(RuleMatch match, Place place) {
        var exceptions = place.exceptions()
                .map(exception -> decide(match, exception))
                .flatMap(Optional::stream)
                .toList();
        if (!exceptions.isEmpty()) {
            return Optional.of(strictest(exceptions.stream()));
        }
        var effect = place.rule().effect();
        return match.holds(effect, place.understood(), place.conditions())
                ? Optional.of(
                        effect == Effect.PERMIT
                                ? new Permit(place.path(), Set.of(place.path()))
                                : new Deny(Reason.RULE, place.path()))
                : Optional.empty();
    }

    private ConsentDecision implicit(String path) {
        var policy = use.house().implicit();
        var decided = policy.uri() + " for " + path;
        return policy.allows(use) ? new Permit(decided, Set.of()) : new Deny(Reason.IMPLICIT_POLICY, decided);
    }

    /** The first denial, else a permit; by path, so that no order matters. */
    private static ConsentDecision strictest(Stream<ConsentDecision> decisions) {
        var sorted =
                decisions.sorted(Comparator.comparing(ConsentDecision::path)).toList();
        return sorted.stream()
                .filter(decision -> !decision.permitted())
                .findFirst()
                .orElseGet(() -> new Permit(
                        sorted.stream().map(ConsentDecision::path).distinct().collect(Collectors.joining(", ")),
                        sorted.stream()
                                .flatMap(decision ->
                                        decision.fold(permit -> permit.rules().stream(), deny -> Stream.of()))
                                .collect(Collectors.toUnmodifiableSet())));
    }

    /** A rule where it stands: with the conditions and doubts it takes over from the rules around it. */
    private record Place(Rule rule, Conditions conditions, boolean understood, String path) {

        static Place root(Rule rule, String path) {
            return new Place(rule, rule.conditions(), rule.understood(), path);
        }

        Stream<Place> exceptions() {
            List<Place> places = new ArrayList<>();
            for (var exception : rule.exceptions()) {
                places.add(new Place(
                        exception,
                        exception.conditions().within(conditions),
                        understood && exception.understood(),
                        path + ".provision[" + places.size() + "]"));
            }
            return places.stream();
        }
    }
}
