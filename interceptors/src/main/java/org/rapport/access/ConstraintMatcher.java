package org.rapport.access;

import java.util.Set;
import org.hl7.fhir.r4.model.Resource;

/** Compares single resources with what scopes are limited to. */
public interface ConstraintMatcher {

    /** Understands none, so that what is limited opens nothing. */
    ConstraintMatcher NONE = new ConstraintMatcher() {
        @Override
        public boolean understands(String type, ScopeConstraint constraint) {
            return false;
        }

        @Override
        public boolean matches(ScopeConstraint constraint, Resource resource) {
            return false;
        }

        @Override
        public boolean asksAbout(String type, ScopeConstraint constraint, Set<String> elements) {
            return true;
        }
    };

    /** Whether resources of a type can be compared with a constraint here. */
    boolean understands(String type, ScopeConstraint constraint);

    /** Whether a constraint may tell something of one of these elements; true as well when that cannot be told. */
    boolean asksAbout(String type, ScopeConstraint constraint, Set<String> elements);

    /** Whether a resource matches; false as well when that cannot be told. */
    boolean matches(ScopeConstraint constraint, Resource resource);
}
