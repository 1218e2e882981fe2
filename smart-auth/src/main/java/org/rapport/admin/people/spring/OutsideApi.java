package org.rapport.admin.people.spring;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rapport.account.Accounts;
import org.rapport.admin.OutsideAdministration;
import org.rapport.admin.spring.AdminApi;
import org.rapport.admin.spring.AdminProblem;
import org.rapport.audit.Agent;
import org.rapport.federation.OutsideIdentities.Identity;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The identities at outside providers that open a person's account: list, link, unlink. */
@AdminApi(path = "/admin/api/people/{username}/outside")
class OutsideApi {

    private static final String AGENT = "org.rapport.audit.Agent";

    private final Accounts accounts;
    private final OutsideAdministration outside;

    OutsideApi(Accounts accounts, OutsideAdministration outside) {
        this.accounts = accounts;
        this.outside = outside;
    }

    /**
     * An identity to be linked.
     *
     * @param provider its name in the settings
     * @param subject the {@code sub} that the provider knows the person by
     */
    record Wanted(@Nullable String provider, @Nullable String subject) {}

    @GetMapping
    List<Identity> list(@PathVariable String username) {
        return outside.of(known(username));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Identity link(@PathVariable String username, @RequestBody Wanted wanted, @RequestAttribute(AGENT) Agent by) {
        var identity = new Identity(
                Objects.requireNonNullElse(wanted.provider(), ""), Objects.requireNonNullElse(wanted.subject(), ""));
        return switch (outside.link(identity, known(username), by)) {
            case DONE -> identity;
            case INCOMPLETE ->
                throw new IllegalArgumentException(
                        "A configured provider and a subject of at most 255 characters are expected.");
            case TAKEN -> throw new AdminProblem.Taken("This identity opens another account.");
        };
    }

    @DeleteMapping("/{provider}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlink(@PathVariable String username, @PathVariable String provider, @RequestAttribute(AGENT) Agent by) {
        if (!outside.unlink(provider, known(username), by)) {
            throw new AdminProblem.Unknown("No identity at this provider opens the account.");
        }
    }

    private String known(String username) {
        return accounts.find(username)
                .orElseThrow(() -> new AdminProblem.Unknown("There is no person with this user name."))
                .username();
    }
}
