package org.rapport.access;

import java.util.Set;
import org.rapport.access.AccessDecision.Deny;
import org.rapport.access.Reach.AnyOf;
import org.rapport.access.Reach.Everything;
import org.rapport.access.Reach.Matching;
import org.rapport.access.Reach.Nothing;
import org.rapport.access.Reach.Records;

/**
 * Tells whether a reach holds one resource.
 *
 * @param constraints compare it with what scopes are limited to
 */
record ReachMeasure(ConstraintMatcher constraints) {

    AccessDecision of(Target.Resource resource, Reach reach) {
        if (reach instanceof Everything) {
            return new AccessDecision.Permit();
        }
        if (reach instanceof Records records) {
            return within(records.patients(), resource);
        }
        if (reach instanceof Matching matching) {
            var whole = of(resource, matching.whole());
            return !whole.permitted() || matches(matching, resource)
                    ? whole
                    : new Deny("not what the scope is limited to", true);
        }
        if (reach instanceof AnyOf several) {
            return several.parts().stream()
                    .map(part -> of(resource, part))
                    .reduce(new Deny("in none of several reaches"), ReachMeasure::better);
        }
        return ((Nothing) reach).denial();
    }

    private boolean matches(Matching matching, Target.Resource resource) {
        return resource.content()
                .filter(content -> constraints.matches(matching.constraint(), content))
                .isPresent();
    }

    /** A permit, else the denial that tells the client more. */
    private static AccessDecision better(AccessDecision one, AccessDecision other) {
        return one.permitted() || (one instanceof Deny deny && deny.scopeMissing() && !other.permitted()) ? one : other;
    }

    private static AccessDecision within(Set<String> reached, Target.Resource resource) {
        if (resource.patients().isEmpty()) {
            return new Deny("belongs to no patient's record");
        }
        return reached.containsAll(resource.patients())
                ? new AccessDecision.Permit()
                : new Deny("belongs to the record of a patient out of reach");
    }
}
