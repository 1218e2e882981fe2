package org.rapport.invitation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rapport.access.Caller;
import org.rapport.access.PatientDirectory;
import org.rapport.account.Account;
import org.rapport.account.NewAccount;
import org.rapport.account.Role;

/**
 * Says who may invite whom: administrators anybody; clerks patients and proxies; clinicians and care managers those of the
 * charts they reach. An invitation as patient or proxy is bound to a chart and asks for the birth date in it.
 *
 * @param charts which patients somebody reaches
 */
public record InvitationRules(PatientDirectory charts) {

    private static final String PATIENT = "Patient/";
    private static final Set<Role> PORTAL = Set.of(Role.PATIENT, Role.PROXY);
    private static final Set<Role> TREATING = Set.of(Role.CLINICIAN, Role.CARE_MANAGER);
    private static final Map<Role, Set<String>> KINDS = Map.of(
            Role.PATIENT, Set.of("Patient", "Person"),
            Role.PROXY, Set.of("RelatedPerson", "Person", "Patient"));

    /** Why an invitation is not made. */
    public enum Refusal {
        /** This person may not invite anybody to that. */
        NOT_YOURS,
        /** A user name, a name, a reference or a role is missing or wrong. */
        INCOMPLETE,
        /** Patients and proxies are invited with their birth date only. */
        NO_BIRTH_DATE
    }

    /** Why this person may not make this invitation; empty when they may. */
    Optional<Refusal> refusal(Account by, Invitation invitation) {
        if (!isWhole(invitation)) {
            return Optional.of(Refusal.INCOMPLETE);
        }
        if (!mayInvite(by, invitation)) {
            return Optional.of(Refusal.NOT_YOURS);
        }
        boolean portal = invitation.roles().stream().anyMatch(PORTAL::contains);
        return portal && invitation.birthDate().isEmpty() ? Optional.of(Refusal.NO_BIRTH_DATE) : Optional.empty();
    }

    private static boolean isWhole(Invitation invitation) {
        return !invitation.displayName().isBlank()
                && !invitation.roles().isEmpty()
                && !invitation.roles().contains(Role.DEVICE)
                && invitation.username().stream().allMatch(NewAccount::isUsername)
                && invitation.fhirUser().stream().allMatch(NewAccount::isFhirUser)
                && invitation.roles().stream().allMatch(role -> fits(role, invitation.fhirUser()));
    }

    private static boolean fits(Role role, Optional<String> fhirUser) {
        var kinds = KINDS.get(role);
        return kinds == null
                || fhirUser.filter(reference -> kinds.contains(reference.substring(0, reference.indexOf('/'))))
                        .isPresent();
    }

    private boolean mayInvite(Account by, Invitation invitation) {
        if (by.roles().contains(Role.ADMIN)) {
            return true;
        }
        if (!PORTAL.containsAll(invitation.roles()) || invitation.username().isPresent()) {
            return false;
        }
        return by.roles().contains(Role.CLERK)
                || (by.roles().stream().anyMatch(TREATING::contains) && reaches(by, invitation));
    }

    private boolean reaches(Account by, Invitation invitation) {
        var fhirUser = by.fhirUser();
        return fhirUser != null
                && invitation
                        .fhirUser()
                        .filter(reference -> reference.startsWith(PATIENT))
                        .filter(reference ->
                                charts.reaches(fhirUser, callerRoles(by), reference.substring(PATIENT.length())))
                        .isPresent();
    }

    private static Set<Caller.Role> callerRoles(Account by) {
        return by.roles().stream()
                .flatMap(role -> Caller.Role.ofClaim(role.code()).stream())
                .collect(Collectors.toSet());
    }
}
