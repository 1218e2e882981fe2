package org.rapport.launch;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.access.Caller;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PatientDirectory.KnownPatient;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.Role;

/** Knows the patients whom the owner of an account may choose for an application. */
public final class Reachable {

    /** How many patients are offered at once; who has more must search. */
    public static final int MOST = 50;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

    private final Accounts accounts;
    private final PatientDirectory patients;

    public Reachable(Accounts accounts, PatientDirectory patients) {
        this.accounts = accounts;
        this.patients = patients;
    }

    /**
     * The patients by name.
     *
     * @param search beginnings of names, separated by blanks; empty for every patient
     * @param most how many patients at most
     */
    public List<KnownPatient> by(String username, String search, int most) {
        return accounts.find(username)
                .filter(account -> account.fhirUser() != null)
                .map(account -> patients.reachableBy(fhirUser(account), roles(account), search, most))
                .orElse(List.of());
    }

    /** The patient with this id; empty when it may not be chosen. */
    public Optional<KnownPatient> one(String username, String patient) {
        return accounts.find(username)
                .filter(account -> account.fhirUser() != null)
                .flatMap(account -> patients.reachable(fhirUser(account), roles(account), patient));
    }

    /** Whether this patient may be chosen. */
    public boolean includes(String username, String patient) {
        return ID.matcher(patient).matches()
                && accounts.find(username)
                        .filter(account -> account.fhirUser() != null)
                        .filter(account -> patients.reaches(fhirUser(account), roles(account), patient))
                        .isPresent();
    }

    private static String fhirUser(Account account) {
        return String.valueOf(account.fhirUser());
    }

    private static Set<Caller.Role> roles(Account account) {
        return account.roles().stream()
                .map(Role::code)
                .map(Caller.Role::ofClaim)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
