package org.rapport.consent;

import java.util.Set;
import java.util.function.Function;

/** What the patients' consents say about one resource and one use of it. */
public sealed interface ConsentDecision {

    /** Chooses by outcome; a new outcome stops every caller from compiling. */
    <R> R fold(Function<Permit, R> permit, Function<Deny, R> deny);

    /** Whether the use may happen. */
    default boolean permitted() {
        return fold(permit -> true, deny -> false);
    }

    /** What decided, for the audit record and for privacy officers: rules by their place, such as {@code Consent/1/_history/2 provision.provision[0]}. */
    String path();

    /**
     * Consents, or the policy that stands in for them, allow this use.
     *
     * @param path what decided
     * @param rules the rules of consents among what decided, such as {@code Consent/1/_history/2 provision.provision[0]}
     */
    record Permit(String path, Set<String> rules) implements ConsentDecision {

        /** Keeps its own copy of the rules. */
        public Permit {
            rules = Set.copyOf(rules);
        }

        @Override
        public <R> R fold(Function<Permit, R> permit, Function<Deny, R> deny) {
            return permit.apply(this);
        }
    }

    /**
     * A consent, or the policy that stands in for one, forbids this use.
     *
     * @param reason for the audit record only; it never reaches the caller
     * @param path what decided
     */
    record Deny(Reason reason, String path) implements ConsentDecision {
        @Override
        public <R> R fold(Function<Permit, R> permit, Function<Deny, R> deny) {
            return deny.apply(this);
        }
    }

    /** Why a use is denied. */
    enum Reason {
        /** A rule denies it. */
        RULE,
        /** A consent permits other uses than this one. */
        NOT_PERMITTED,
        /** The consent says neither by type nor by policy rule what it starts from; a privacy officer has to look at it. */
        NO_BASE,
        /** No consent decides, and the policy of the organization does not allow it. */
        IMPLICIT_POLICY,
        /** A label closes the resource whatever a consent says. */
        CLOSED_BY_LAW
    }
}
