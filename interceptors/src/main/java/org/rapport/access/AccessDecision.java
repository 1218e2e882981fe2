package org.rapport.access;

import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whether something may happen. */
public sealed interface AccessDecision {

    /** Chooses by outcome; a new outcome stops every caller from compiling. */
    <R> R fold(Supplier<R> permit, Function<PermitPartially, R> partially, Function<Deny, R> deny);

    /** Whether all of it may happen. */
    default boolean permitted() {
        return fold(() -> true, partially -> false, deny -> false);
    }

    /** Whether nothing of it may happen. */
    default boolean denied() {
        return fold(() -> false, partially -> false, deny -> true);
    }

    /** All of it may happen. */
    record Permit() implements AccessDecision {
        @Override
        public <R> R fold(Supplier<R> permit, Function<PermitPartially, R> partially, Function<Deny, R> deny) {
            return permit.get();
        }
    }

    /**
     * It may happen with a part of the resource only.
     *
     * @param masked the elements that are kept back
     */
    record PermitPartially(Set<String> masked) implements AccessDecision {

        /** Keeps its own copy of the elements. */
        public PermitPartially {
            masked = Set.copyOf(masked);
        }

        @Override
        public <R> R fold(Supplier<R> permit, Function<PermitPartially, R> partially, Function<Deny, R> deny) {
            return partially.apply(this);
        }
    }

    /**
     * It must not happen.
     *
     * @param reason for the audit record only; it never reaches the caller
     * @param scopeMissing whether a wider scope would have helped, which is the one thing a client is told
     */
    record Deny(String reason, boolean scopeMissing) implements AccessDecision {

        /** A denial that no scope would change. */
        public Deny(String reason) {
            this(reason, false);
        }

        @Override
        public <R> R fold(Supplier<R> permit, Function<PermitPartially, R> partially, Function<Deny, R> deny) {
            return deny.apply(this);
        }
    }
}
