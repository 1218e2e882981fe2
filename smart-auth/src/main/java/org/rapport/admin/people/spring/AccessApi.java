package org.rapport.admin.people.spring;

import java.util.List;
import java.util.Map;
import org.rapport.account.Accounts;
import org.rapport.admin.AccessAdministration;
import org.rapport.admin.spring.AdminApi;
import org.rapport.admin.spring.AdminProblem;
import org.rapport.audit.Agent;
import org.rapport.factor.Factor;
import org.rapport.session.ConnectedApp;
import org.rapport.session.LoginSession;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.ResponseStatus;

/** What a person is signed in to: sessions, applications, factors. */
@AdminApi(path = "/admin/api/people/{username}")
class AccessApi {

    private static final String AGENT = "org.rapport.audit.Agent";

    private final Accounts accounts;
    private final AccessAdministration access;

    AccessApi(Accounts accounts, AccessAdministration access) {
        this.accounts = accounts;
        this.access = access;
    }

    @GetMapping("/sessions")
    List<LoginSession> sessions(@PathVariable String username) {
        return access.sessions(known(username));
    }

    /** Ends every session and every grant. */
    @DeleteMapping("/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endEverything(@PathVariable String username, @RequestAttribute(AGENT) Agent by) {
        access.endEverything(known(username), by);
    }

    @DeleteMapping("/sessions/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable String username, @PathVariable String id, @RequestAttribute(AGENT) Agent by) {
        require(access.endSession(known(username), id, by), "There is no session with this id.");
    }

    @GetMapping("/apps")
    List<ConnectedApp> apps(@PathVariable String username) {
        return access.apps(known(username));
    }

    @DeleteMapping("/apps/{clientId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endApp(@PathVariable String username, @PathVariable String clientId, @RequestAttribute(AGENT) Agent by) {
        require(access.endApp(known(username), clientId, by), "This person has not let that application in.");
    }

    @GetMapping("/factors")
    List<Factor> factors(@PathVariable String username) {
        return access.factors(known(username));
    }

    /** Takes every second factor away. */
    @DeleteMapping("/factors")
    Map<String, Integer> removeFactors(@PathVariable String username, @RequestAttribute(AGENT) Agent by) {
        return Map.of("removed", access.removeFactors(known(username), by));
    }

    private String known(String username) {
        return accounts.find(username)
                .orElseThrow(() -> new AdminProblem.Unknown("There is no person with this user name."))
                .username();
    }

    private static void require(boolean done, String unknown) {
        if (!done) {
            throw new AdminProblem.Unknown(unknown);
        }
    }
}
