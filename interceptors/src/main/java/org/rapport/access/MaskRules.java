package org.rapport.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;
import org.rapport.access.Reach.Nothing;

/**
 * Tells what is masked from somebody who may have several roles: of a resource what all roles hide by which it is seen, in
 * questions what any of them hides.
 *
 * @param measure tells whether a reach holds a resource
 * @param reaches how far each role goes
 */
record MaskRules(ReachMeasure measure, Reaches reaches) {

    /** Knows how far an action of a caller goes by one role. */
    @FunctionalInterface
    interface Reaches {

        Reach of(Caller caller, Action action, Role role);
    }

    /** How much somebody sees of a resource that they may see. */
    AccessDecision shown(Caller caller, Action action, Target.Resource resource) {
        var ofType = of(caller, resource.type());
        if (ofType.isEmpty()) {
            return new AccessDecision.Permit();
        }
        var masked = roles(caller)
                .filter(role ->
                        measure.of(resource, reach(caller, action, role)).permitted())
                .map(role -> Masks.of(role, resource.type()))
                .reduce(MaskRules::both)
                .orElse(ofType);
        return masked.isEmpty() ? new AccessDecision.Permit() : new AccessDecision.PermitPartially(masked);
    }

    /**
     * The elements of a type that somebody must ask nothing about: of one that is closed to them, and that they meet contained
     * in another at most, those that any of their roles hides.
     */
    Set<String> of(Caller caller, String type) {
        var masked = new HashSet<String>();
        if (!Masks.concern(caller.roles())) {
            return masked;
        }
        boolean closed = roles(caller).noneMatch(role -> isOpen(caller, type, role));
        roles(caller)
                .filter(role -> !Masks.of(role, type).isEmpty())
                .filter(role -> closed || isOpen(caller, type, role))
                .forEach(role -> masked.addAll(Masks.of(role, type)));
        return masked;
    }

    private boolean isOpen(Caller caller, String type, Role role) {
        return Stream.of(Interaction.SEARCH, Interaction.READ, Interaction.UPDATE)
                .anyMatch(kind -> !(reach(caller, Action.on(kind, type), role) instanceof Nothing));
    }

    /** What is left of a reach without some of its parts. */
    static Reach without(Reach reach, Predicate<Reach> parts) {
        return reach.each()
                .filter(parts.negate())
                .reduce(Reach::or)
                .orElseGet(() -> new Nothing(new AccessDecision.Deny("limited by what is masked", true)));
    }

    /** In an emergency the one role counts whose relation to the patient is stood in for. */
    private static Stream<Role> roles(Caller caller) {
        return caller.breaksGlass()
                ? Stream.of(Role.CLINICIAN)
                : Arrays.stream(Role.values()).filter(caller::is);
    }

    private Reach reach(Caller caller, Action action, Role role) {
        return caller.breaksGlass() ? new Reach.Everything() : reaches.of(caller, action, role);
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
