package org.rapport.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.Caller.Role;

/** Callers for people who do not ask themselves: with an app that has every scope, so that only their rights and consents decide. */
public final class Somebody {

    private static final List<Scope> EVERY_SCOPE = Scope.parseAll("user/*.cruds patient/*.cruds");

    private static final Map<String, Role> USUAL_ROLES = Map.of(
            "Patient", Role.PATIENT,
            "Person", Role.PATIENT,
            "RelatedPerson", Role.PROXY,
            "Practitioner", Role.CLINICIAN);

    private Somebody() {}

    /** What users of a resource type usually are; empty for types that nobody signs in as. */
    public static Optional<Role> usualRole(String type) {
        return Optional.ofNullable(USUAL_ROLES.get(type));
    }

    /**
     * Somebody in a role.
     *
     * @param user relative reference, such as {@code Practitioner/dr-adams}
     * @param clientId what it is asked for, in the place of an app
     * @param patient logical id of the patient it is about
     */
    public static Caller in(Role role, String user, String clientId, Optional<String> patient) {
        return new Caller(user, clientId, Set.of(role), EVERY_SCOPE, Optional.of(user), patient);
    }
}
