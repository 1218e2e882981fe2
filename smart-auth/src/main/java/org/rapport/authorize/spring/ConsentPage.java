package org.rapport.authorize.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rapport.access.PatientDirectory.KnownPatient;
import org.rapport.account.spring.Pages;
import org.rapport.authorize.spring.PendingAuthorizations.Pending;
import org.rapport.launch.Reachable;
import org.rapport.smart.SmartScope;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Asks a person which patient is meant, where that is a question, and whether the application may have what it wants.
 *
 * <p>Searching and choosing are forms that are posted: names of patients do not belong into addresses.
 */
@Controller
class ConsentPage {

    static final String PATIENT = "patient";

    private static final int LONGEST_SEARCH = 100;

    private final PendingAuthorizations pending;
    private final Reachable patients;
    private final RememberedConsents remembered;
    private final Pages pages;

    ConsentPage(PendingAuthorizations pending, Reachable patients, RememberedConsents remembered, Pages pages) {
        this.pending = pending;
        this.patients = patients;
        this.remembered = remembered;
        this.pages = pages;
    }

    @GetMapping(AuthorizationFlow.PAGE)
    void ask(
            HttpServletRequest request,
            HttpServletResponse response,
            Principal who,
            @RequestParam(defaultValue = "") String state)
            throws IOException {
        pages.send(request, response, page(new Visit(state, who.getName(), "", "")));
    }

    @PostMapping(AuthorizationFlow.PAGE)
    void choose(
            HttpServletRequest request,
            HttpServletResponse response,
            Principal who,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "") String patient)
            throws IOException {
        var words = search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search;
        var plain = words.replaceAll("\\p{Cntrl}", " ").strip();
        pages.send(request, response, page(new Visit(state, who.getName(), plain, patient)));
    }

    private Pages.Page page(Visit visit) {
        return pending.find(visit.state(), visit.username())
                .map(asked -> page(visit, asked))
                .orElse(Pages.Page.problem(400, "bad-authorization"));
    }

    private Pages.Page page(Visit visit, Pending asked) {
        if (!asked.lacksPatient()) {
            var patient = asked.context().patient();
            return consent(visit, asked, patient.flatMap(id -> patients.one(visit.username(), id)));
        }
        var known = patients.by(visit.username(), visit.search(), Reachable.MOST + 1);
        return find(known, visit.patient())
                .map(patient -> consent(visit, asked, Optional.of(patient)))
                .orElseGet(() -> picker(visit, asked, known));
    }

    private Pages.Page picker(Visit visit, Pending asked, List<KnownPatient> known) {
        var model = model(visit, asked);
        model.put("search", visit.search());
        model.put("patients", known.stream().limit(Reachable.MOST).toList());
        model.put("more", known.size() > Reachable.MOST);
        return new Pages.Page(200, "patient-choice", model);
    }

    private Pages.Page consent(Visit visit, Pending asked, Optional<KnownPatient> patient) {
        var before = remembered.scopes(asked.client(), visit.username());
        var scopes = asked.scopes().stream().sorted().toList();
        var model = model(visit, asked);
        model.put("patient", patient);
        model.put("chosen", asked.lacksPatient());
        model.put("opened", asked.context().patient().isPresent());
        model.put("search", visit.search());
        model.put("back", ReturnAddress.of(String.valueOf(asked.request().getRedirectUri())));
        model.put(
                "needed",
                wishes(scopes.stream()
                        .filter(scope -> !SmartScope.isOptional(scope))
                        .toList()));
        model.put(
                "wishes", wishes(scopes.stream().filter(SmartScope::isOptional).toList()));
        model.put("before", before);
        return new Pages.Page(200, "consent", model);
    }

    private static List<Wish> wishes(List<String> scopes) {
        return scopes.stream().map(Wish::of).toList();
    }

    private static Map<String, Object> model(Visit visit, Pending asked) {
        Map<String, Object> model = new HashMap<>();
        model.put("client", asked.client().getClientName());
        model.put("about", ClientSite.of(asked.client()));
        model.put("clientId", asked.client().getClientId());
        model.put("state", visit.state());
        return model;
    }

    private static Optional<KnownPatient> find(List<KnownPatient> known, String patient) {
        return known.stream().filter(one -> one.id().equals(patient)).findFirst();
    }

    /** What came with the request for the page; search and patient are empty before they are chosen. */
    private record Visit(String state, String username, String search, String patient) {}
}
