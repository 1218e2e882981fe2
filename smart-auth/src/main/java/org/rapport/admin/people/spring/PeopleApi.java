package org.rapport.admin.people.spring;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rapport.account.Account;
import org.rapport.account.AccountChanges;
import org.rapport.account.AccountChanges.Outcome;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.admin.spring.AdminApi;
import org.rapport.admin.spring.AdminProblem;
import org.rapport.audit.Agent;
import org.rapport.invitation.Invitation;
import org.rapport.invitation.Invitations;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** People: invite, change, shut out, remove. */
@AdminApi(path = "/admin/api/people")
class PeopleApi {

    private static final String AGENT = "org.rapport.audit.Agent";

    private final Accounts accounts;
    private final AccountChanges changes;
    private final Invitations invitations;

    PeopleApi(Accounts accounts, AccountChanges changes, Invitations invitations) {
        this.accounts = accounts;
        this.changes = changes;
        this.invitations = invitations;
    }

    /**
     * What a person is to be; a missing member leaves what is there.
     *
     * @param fhirUser relative reference; empty for nobody
     * @param roles codes of all roles
     */
    record Change(
            @Nullable Boolean enabled,
            @Nullable String fhirUser,
            @Nullable Set<String> roles) {}

    /**
     * Whom to invite; a missing member is empty.
     *
     * @param birthDate what patients and proxies must know beside the code
     */
    record Guest(
            @Nullable String username,
            @Nullable String displayName,
            @Nullable String fhirUser,
            @Nullable Set<String> roles,
            @Nullable LocalDate birthDate) {

        Invitation invitation() {
            return new Invitation(
                    Optional.ofNullable(username).filter(name -> !name.isBlank()),
                    Objects.requireNonNullElse(displayName, ""),
                    Optional.ofNullable(fhirUser).filter(reference -> !reference.isBlank()),
                    PeopleApi.roles(Objects.requireNonNullElse(roles, Set.of())),
                    Optional.ofNullable(birthDate));
        }
    }

    @GetMapping
    List<PersonView> list(
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam(defaultValue = "100") int count) {
        return accounts.page(search, Math.max(0, offset), Math.max(1, count)).stream()
                .map(PersonView::of)
                .toList();
    }

    @GetMapping("/{username}")
    PersonView show(@PathVariable String username) {
        return PersonView.of(known(username));
    }

    /** Answers with the one-time code, this once. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> invite(@RequestBody Guest guest, @RequestAttribute(AGENT) Agent by) {
        var host = known(by.subject().orElse(""));
        if (guest.invitation().username().flatMap(accounts::find).isPresent()) {
            throw new AdminProblem.Taken("There is a person with this user name already.");
        }
        var made = invitations.create(guest.invitation(), host, by);
        if (made instanceof Invitations.Made.Code code) {
            return Map.of("code", code.code());
        }
        throw new IllegalArgumentException(
                "An invitation has a name, roles, a reference that fits them and, for patients and proxies, a birth date.");
    }

    @PatchMapping("/{username}")
    PersonView change(@PathVariable String username, @RequestBody Change change, @RequestAttribute(AGENT) Agent by) {
        known(username);
        if (change.roles() != null) {
            require(changes.setRoles(username, roles(change.roles()), by));
        }
        if (change.fhirUser() != null) {
            require(changes.setFhirUser(username, change.fhirUser().isBlank() ? null : change.fhirUser(), by));
        }
        if (change.enabled() != null) {
            require(changes.setEnabled(username, change.enabled(), by));
        }
        return PersonView.of(known(username));
    }

    @DeleteMapping("/{username}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String username, @RequestAttribute(AGENT) Agent by) {
        require(changes.delete(username, by));
    }

    private Account known(String username) {
        return accounts.find(username).orElseThrow(PeopleApi::unknown);
    }

    private static void require(Outcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case UNKNOWN -> throw unknown();
            case LAST_ADMIN -> throw new AdminProblem.Taken("This would leave no administrator.");
            case BAD_LINK ->
                throw new IllegalArgumentException(
                        "A person is linked to Patient/, Practitioner/, RelatedPerson/ or Person/ and an id.");
        }
    }

    /**
     * The roles with these codes.
     *
     * @throws IllegalArgumentException when there is none with one of them
     */
    static Set<Role> roles(Set<String> codes) {
        return codes.stream()
                .map(code -> Role.ofCode(code)
                        .orElseThrow(() -> new IllegalArgumentException("There is no role " + code + ".")))
                .collect(Collectors.toSet());
    }

    private static AdminProblem.Unknown unknown() {
        return new AdminProblem.Unknown("There is no person with this user name.");
    }
}
