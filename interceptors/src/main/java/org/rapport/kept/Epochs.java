package org.rapport.kept;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How often resources have changed, as far as that is known.
 *
 * @param byType a number for each type, which is greater than all before once one of its resources has changed
 */
public record Epochs(Map<String, Long> byType) {

    /** What nothing that is kept is as new as. */
    static final long UNKNOWN = Long.MAX_VALUE;

    /** Keeps its own copy. */
    public Epochs {
        byType = Map.copyOf(byType);
    }

    /** A number that is greater once a resource of one of these types has changed; {@link Long#MAX_VALUE} when that is not known. */
    long of(Set<String> types) {
        return types.stream()
                .mapToLong(type -> byType.getOrDefault(type, UNKNOWN))
                .max()
                .orElse(0);
    }

    /** These of what has stayed as it was, and the next for all other types. */
    Epochs then(Set<String> types, Predicate<String> same) {
        long next = byType.values().stream().mapToLong(Long::longValue).max().orElse(0) + 1;
        var later = new HashMap<String, Long>();
        types.forEach(type -> later.put(type, same.test(type) ? byType.getOrDefault(type, next) : next));
        return new Epochs(later);
    }

    /** These of what has stayed as it was alone. */
    Epochs only(Predicate<String> same) {
        var left = new HashMap<>(byType);
        left.keySet().removeIf(same.negate());
        return new Epochs(left);
    }
}
