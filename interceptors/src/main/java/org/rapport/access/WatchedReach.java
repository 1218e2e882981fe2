package org.rapport.access;

import java.util.List;

/** How far those reach who watch over access: of what belongs to records to what was found in the audit log alone. */
final class WatchedReach {

    private static final ScopeConstraint FOUND =
            new ScopeConstraint(List.of(new ScopeConstraint.Parameter("identifier", AccessRules.FINDINGS + "|")));

    private WatchedReach() {}

    /** What is left of what their scopes open: nothing that is noted about a patient. */
    static Reach of(Action action, Reach opened) {
        return TypeRule.of(action.type()).shared() || !action.operation().isEmpty() ? opened : opened.matching(FOUND);
    }
}
