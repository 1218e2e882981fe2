package org.rapport.consent.hapi;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.access.Relations;
import org.rapport.access.Scope.Permission;
import org.rapport.consent.Use;

/**
 * A caller as consents see it.
 *
 * @param user relative reference; empty for who is no resource here
 * @param treats whether it works for the treatment
 * @param ownRecords logical ids of the patients that the caller is or acts for, whose consent is not asked
 * @param purpose code of v3-ActReason
 */
record Asker(Optional<String> user, boolean treats, Set<String> ownRecords, String purpose) {

    /**
     * The front desk, devices, who sets them up and systems work with those who treat; what each may touch the access rules
     * say.
     */
    private static final Set<Role> TREATING =
            EnumSet.of(Role.CLINICIAN, Role.CARE_MANAGER, Role.CLERK, Role.ADMIN, Role.DEVICE, Role.SYSTEM);

    private static final String TREATMENT = "TREAT";
    private static final String OPERATIONS = "HOPERAT";

    Asker {
        ownRecords = Set.copyOf(ownRecords);
    }

    static Asker of(Caller caller, Relations relations) {
        boolean treats = caller.roles().stream().anyMatch(TREATING::contains);
        return new Asker(
                caller.fhirUser(),
                treats,
                ownRecords(caller, relations),
                caller.purpose().orElse(treats ? TREATMENT : OPERATIONS));
    }

    private static Set<String> ownRecords(Caller caller, Relations relations) {
        var own = new HashSet<String>();
        caller.fhirUser().ifPresent(user -> {
            if (caller.is(Role.PATIENT)) {
                own.addAll(relations.ownRecordsOf(user));
            }
            if (caller.is(Role.PROXY)) {
                own.addAll(relations.proxiedBy(user));
            }
        });
        return own;
    }

    /** What needs no right to write is a look. */
    static Use.Action use(Optional<Permission> permission) {
        return permission
                .map(needed -> switch (needed) {
                    case CREATE -> Use.Action.COLLECT;
                    case UPDATE, DELETE -> Use.Action.CORRECT;
                    case READ, SEARCH -> Use.Action.ACCESS;
                })
                .orElse(Use.Action.ACCESS);
    }
}
