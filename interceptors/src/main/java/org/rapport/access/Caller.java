package org.rapport.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who asks: what the access token says about a user and a client.
 *
 * @param subject the user's name, or the client id where no user is behind the request
 * @param clientId the app that holds the token
 * @param roles what the subject is here; never what it asks for
 * @param scopes what the app was allowed
 * @param fhirUser the user's own resource, relative, such as {@code Practitioner/dr-adams}
 * @param patient logical id of the patient in the launch context
 * @param purpose why, a code of v3-ActReason, as the authorization server has vouched for it; nothing else that a client says
 */
public record Caller(
        String subject,
        String clientId,
        Set<Role> roles,
        List<Scope> scopes,
        Optional<String> fhirUser,
        Optional<String> patient,
        Optional<String> purpose) {

    /** Breaking the glass has two codes, which are the same to us. */
    public static final Set<String> EMERGENCY = Set.of("BTG", "ETREAT");

    /** What somebody is to this server; the claim holds the name in lower case with hyphens. */
    public enum Role {
        /** A person with a record here. */
        PATIENT,
        /** Somebody who acts for a patient. */
        PROXY,
        /** A practitioner who treats patients. */
        CLINICIAN,
        /** A member of care teams who coordinates care. */
        CARE_MANAGER,
        /** The front desk. */
        CLERK,
        /** Runs the server. */
        ADMIN,
        /** Watches over who saw what. */
        PRIVACY_OFFICER,
        /** Reads the audit record. */
        AUDITOR,
        /** Connects other systems. */
        INTEGRATOR,
        /** A measuring device. */
        DEVICE,
        /** A client that acts by itself, without a user. */
        SYSTEM;

        /** The role of that name; empty for a name we do not know, which so gives no right. */
        public static Optional<Role> ofClaim(String claim) {
            return Arrays.stream(values())
                    .filter(role -> role.claim().equals(claim))
                    .findFirst();
        }

        /** The name as tokens carry it, such as {@code care-manager}. */
        public String claim() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Keeps its own copies of the collections. */
    public Caller {
        roles = Set.copyOf(roles);
        scopes = List.copyOf(scopes);
    }

    /** Somebody whose token says no purpose. */
    public Caller(
            String subject,
            String clientId,
            Set<Role> roles,
            List<Scope> scopes,
            Optional<String> fhirUser,
            Optional<String> patient) {
        this(subject, clientId, roles, scopes, fhirUser, patient, Optional.empty());
    }

    /** Whether the subject has a role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether it breaks the glass: it sees the record of {@link #patient} in an emergency, and nothing else. */
    public boolean breaksGlass() {
        return purpose.filter(EMERGENCY::contains).isPresent();
    }

    /** Whether it is a system and nobody besides. */
    public boolean actsAlone() {
        return roles.equals(Set.of(Role.SYSTEM));
    }

    /** Whether nothing of a type that is open to it is hidden from it: a system none of whose scopes is limited. */
    public boolean seesWholeTypes() {
        return actsAlone()
                && scopes.stream().allMatch(scope -> scope.constraint().isEmpty());
    }

    /** Whether it is a system that may read and search everything there is. */
    public boolean readsEverything() {
        return seesWholeTypes()
                && opening(Scope.Context.SYSTEM, "*", Scope.Permission.READ)
                        .findAny()
                        .isPresent()
                && opening(Scope.Context.SYSTEM, "*", Scope.Permission.SEARCH)
                        .findAny()
                        .isPresent();
    }

    /** The scopes of a context that open a type for something. */
    public Stream<Scope> opening(Scope.Context context, String type, Scope.Permission permission) {
        return scopes.stream().filter(scope -> scope.context() == context && scope.opens(type, permission));
    }
}
