package org.rapport.harness.audit;

import java.util.Optional;
import java.util.Set;

/**
 * A row of the audit log.
 *
 * @param request id of the request
 * @param deed what was done, such as {@code read}, and how often
 * @param entity on what
 * @param query what was asked, or by what it was permitted
 */
record Recorded(String request, Deed deed, Entity entity, Optional<String> query) {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
    private static final Set<String> BESIDE_OTHERS = Set.of("authz-consent", "export");

    /**
     * What was done.
     *
     * @param interaction its name in the log
     * @param status of the answer, 0 in the background
     * @param times how many requests the row stands for
     */
    record Deed(String interaction, int status, int times) {}

    /** On what it was done; everything may be missing. */
    record Entity(Optional<String> type, Optional<String> id, Optional<Long> version, Optional<String> patient) {

        static final Entity NOTHING =
                new Entity(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        Entity withoutPatient() {
            return new Entity(type, id, version, Optional.empty());
        }
    }

    boolean writes() {
        return WRITES.contains(deed.interaction());
    }

    /** Whether it tells by what right, or to whom, and not that something was asked. */
    boolean standsBesideOthers() {
        return BESIDE_OTHERS.contains(deed.interaction());
    }

    boolean isOfABundle() {
        return deed.interaction().equals("transaction");
    }

    /** Whether it counts requests that have no row of their own. */
    boolean counts() {
        return deed.times() > 1;
    }
}
