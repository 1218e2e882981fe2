package org.rapport.admin.people.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rapport.account.Account;
import org.rapport.account.AccountChanges;
import org.rapport.account.AccountChanges.Outcome;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.admin.AccessAdministration;
import org.rapport.admin.OutsideAdministration;
import org.rapport.admin.spring.AdminVisit;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Pages about people and what they are signed in to. */
@Controller
class PeoplePages {

    private static final String LIST = "/admin/people";
    private static final String PERSON = LIST + "/{username}";
    private static final int MOST = 50;

    private static final Set<String> OUTSIDE_PROBLEMS = Set.of("outside-incomplete", "outside-taken");

    private final AdminVisit.Desk desk;
    private final Accounts accounts;
    private final AccountChanges changes;
    private final AccessAdministration access;
    private final OutsideAdministration outside;

    PeoplePages(
            AdminVisit.Desk desk,
            Accounts accounts,
            AccountChanges changes,
            AccessAdministration access,
            OutsideAdministration outside) {
        this.desk = desk;
        this.accounts = accounts;
        this.changes = changes;
        this.access = access;
        this.outside = outside;
    }

    @GetMapping("/admin")
    void home(HttpServletRequest request, HttpServletResponse response) {
        desk.visit(request, response).go(LIST);
    }

    @GetMapping(LIST)
    void list(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "0") int offset)
            throws IOException {
        var found = accounts.page(search, Math.max(0, offset), MOST + 1).stream()
                .map(PersonView::of)
                .toList();
        desk.visit(request, response)
                .show(
                        "admin-people",
                        Map.of(
                                "people",
                                found.subList(0, Math.min(MOST, found.size())),
                                "search",
                                search,
                                "more",
                                found.size() > MOST,
                                "next",
                                offset + MOST));
    }

    @GetMapping(PERSON)
    void show(HttpServletRequest request, HttpServletResponse response, @PathVariable String username)
            throws IOException {
        var visit = desk.visit(request, response);
        var account = accounts.find(username);
        if (account.isEmpty()) {
            visit.notFound();
        } else if (visit.isProven()) {
            visit.show("admin-person", model(account.get(), request.getParameter("saved") != null, problem(request)));
        }
    }

    /** Roles and link, as the form shows them. */
    @PostMapping(PERSON)
    void change(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String username,
            @RequestParam(defaultValue = "") String fhirUser,
            @RequestParam(defaultValue = "") Set<String> roles)
            throws IOException {
        var visit = desk.visit(request, response);
        var account = accounts.find(username);
        if (account.isEmpty()) {
            visit.notFound();
        } else if (visit.mayAct(path(username))) {
            try {
                var outcome = changes.setRoles(username, PeopleApi.roles(roles), visit.by());
                var link = fhirUser.isBlank() ? null : fhirUser.strip();
                answer(
                        visit,
                        account.get(),
                        outcome == Outcome.DONE ? changes.setFhirUser(username, link, visit.by()) : outcome);
            } catch (IllegalArgumentException unknownRole) {
                visit.show(400, "admin-person", model(account.get(), false, "bad-role"));
            }
        }
    }

    @PostMapping(PERSON + "/{act}")
    void act(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String username,
            @PathVariable String act)
            throws IOException {
        var visit = desk.visit(request, response);
        var account = accounts.find(username);
        if (account.isEmpty()) {
            visit.notFound();
        } else if (visit.mayAct(path(username))) {
            switch (act) {
                case "enable" -> answer(visit, account.get(), changes.setEnabled(username, true, visit.by()));
                case "disable" -> answer(visit, account.get(), changes.setEnabled(username, false, visit.by()));
                case "sign-out" -> {
                    access.endEverything(username, visit.by());
                    visit.go(path(username) + "?saved");
                }
                case "factors" -> {
                    access.removeFactors(username, visit.by());
                    visit.go(path(username) + "?saved");
                }
                case "session" -> {
                    access.endSession(username, parameter(request, "id"), visit.by());
                    visit.go(path(username) + "?saved");
                }
                case "app" -> {
                    access.endApp(username, parameter(request, "clientId"), visit.by());
                    visit.go(path(username) + "?saved");
                }
                case "delete" -> {
                    var outcome = changes.delete(username, visit.by());
                    if (outcome == Outcome.DONE) {
                        visit.go(LIST);
                    } else {
                        answer(visit, account.get(), outcome);
                    }
                }
                default -> visit.notFound();
            }
        }
    }

    private void answer(AdminVisit visit, Account account, Outcome outcome) throws IOException {
        switch (outcome) {
            case DONE -> visit.go(path(account.username()) + "?saved");
            case UNKNOWN -> visit.notFound();
            case LAST_ADMIN -> visit.show(409, "admin-person", model(account, false, "last-admin"));
            case BAD_LINK -> visit.show(400, "admin-person", model(account, false, "bad-link"));
        }
    }

    private Map<String, Object> model(Account account, boolean saved, String problem) {
        var username = account.username();
        Map<String, Object> model = new HashMap<>();
        model.put("person", PersonView.of(account));
        model.put("everyRole", codes());
        model.put("sessions", access.sessions(username));
        model.put("apps", access.apps(username));
        model.put("factors", access.factors(username));
        model.put("outsideLinks", outside.of(username));
        model.put("providers", outside.providers());
        model.put("saved", saved);
        model.put("problem", problem);
        return model;
    }

    private static String problem(HttpServletRequest request) {
        var problem = parameter(request, "problem");
        return OUTSIDE_PROBLEMS.contains(problem) ? problem : "";
    }

    private static List<String> codes() {
        return Arrays.stream(Role.values())
                .filter(role -> role != Role.DEVICE)
                .map(Role::code)
                .toList();
    }

    private static String parameter(HttpServletRequest request, String name) {
        var value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private static String path(String username) {
        return LIST + '/' + username;
    }
}
