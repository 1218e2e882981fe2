package org.rapport.kept;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The types of resources that something kept depends on; what is kept is worth nothing once one of them has changed. */
public final class Sources {

    private final WatchedChanges changes;
    private final Set<String> types = ConcurrentHashMap.newKeySet();

    /** Watches these types. */
    public Sources(WatchedChanges changes, Set<String> types) {
        this.changes = changes;
        this.types.addAll(types);
        changes.watch(types);
    }

    /** Depends on another type from now on; what depends on it must be read after this. */
    public void add(String type) {
        types.add(type);
        changes.watch(Set.of(type));
    }

    /** A number that is greater once one of the sources has changed; {@link Long#MAX_VALUE} when that is not known. */
    public long epoch(Epochs epochs) {
        return epochs.of(types);
    }
}
