package org.rapport.access;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** How far an action of a caller goes: searches are kept within it, and each resource is measured by it. */
public sealed interface Reach {

    /** Every resource of the type. */
    record Everything() implements Reach {}

    /**
     * Resources that belong to the record of these patients, and to no other patient's.
     *
     * @param patients logical ids; none means that there is nothing to be found
     */
    record Records(Set<String> patients) implements Reach {

        /** Keeps its own copy of the patients. */
        public Records {
            patients = Set.copyOf(patients);
        }
    }

    /**
     * The resources of a reach that match what a scope is limited to.
     *
     * @param whole everything, or records
     * @param constraint what they must match
     */
    record Matching(Reach whole, ScopeConstraint constraint) implements Reach {}

    /**
     * What at least one of several reaches holds, none of which holds all of another.
     *
     * @param parts records and what matches
     */
    record AnyOf(Set<Reach> parts) implements Reach {

        /** Keeps its own copy of the parts. */
        public AnyOf {
            parts = Set.copyOf(parts);
        }
    }

    /**
     * No resource at all.
     *
     * @param denial what to answer
     */
    record Nothing(AccessDecision.Deny denial) implements Reach {}

    /** What this reach or another holds. */
    default Reach or(Reach other) {
        if (this instanceof Everything || other instanceof Nothing) {
            return this;
        }
        if (other instanceof Everything || this instanceof Nothing) {
            return other;
        }
        var patients = new HashSet<String>();
        var parts = new HashSet<Reach>();
        Stream.concat(each(), other.each()).forEach(part -> {
            if (part instanceof Records records) {
                patients.addAll(records.patients());
            } else {
                parts.add(part);
            }
        });
        boolean anyRecords = Stream.concat(each(), other.each()).anyMatch(Records.class::isInstance);
        if (anyRecords) {
            parts.add(new Records(patients));
        }
        return parts.size() == 1 ? parts.iterator().next() : new AnyOf(parts);
    }

    /** What of all that it holds lies within the records of patients. */
    default Reach within(Set<String> patients) {
        return each().map(part -> part instanceof Everything ? new Records(patients) : part)
                .map(part -> part instanceof Matching matching
                        ? new Matching(new Records(patients), matching.constraint())
                        : part)
                .reduce(Reach::or)
                .orElse(this);
    }

    /** What of all that it holds matches as well. */
    default Reach matching(ScopeConstraint constraint) {
        return each().map(part -> part instanceof Matching matching
                        ? new Matching(matching.whole(), matching.constraint().and(constraint))
                        : part instanceof Nothing ? part : new Matching(part, constraint))
                .reduce(Reach::or)
                .orElse(this);
    }

    /** The reaches it is made of; itself when it is one. */
    default Stream<Reach> each() {
        return this instanceof AnyOf several ? several.parts().stream() : Stream.of(this);
    }
}
