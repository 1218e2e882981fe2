package org.rapport.verification;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, up to a thousand of it; what follows each other becomes one. */
final class Findings {

    private static final int MOST = 1_000;

    private final List<Finding> all = new ArrayList<>();

    void add(Finding.Kind kind, long place) {
        add(new Finding(kind, place, place));
    }

    void add(Finding finding) {
        for (int at = all.size() - 1; at >= Math.max(0, all.size() - 2); at--) {
            if (all.get(at).isFollowedBy(finding)) {
                all.set(at, all.get(at).with(finding));
                return;
            }
        }
        all.add(finding);
    }

    /** Whether it is no use to look for more. */
    boolean full() {
        return all.size() >= MOST;
    }

    List<Finding> all() {
        return all;
    }
}
