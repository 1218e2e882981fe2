package org.rapport.breakglass.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PatientDirectory.KnownPatient;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.account.spring.Visitor;
import org.rapport.breakglass.BreakGlass;
import org.rapport.breakglass.Declaration;
import org.rapport.breakglass.Emergency;
import org.rapport.breakglass.Reason;
import org.rapport.session.Sessions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which a clinician declares an emergency, and ends it. */
@Controller
class BreakGlassPages {

    static final String PAGE = "/break-glass";

    private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9\\-._/]{1,64}");

    private final Pages pages;
    private final Accounts accounts;
    private final BreakGlass glass;
    private final FreshProof proof;
    private final Places places;

    BreakGlassPages(Pages pages, Accounts accounts, BreakGlass glass, FreshProof proof, Places places) {
        this.pages = pages;
        this.accounts = accounts;
        this.glass = glass;
        this.proof = proof;
        this.places = places;
    }

    /** Where patients and sessions are found. */
    record Places(PatientDirectory patients, Sessions sessions) {}

    @GetMapping(PAGE)
    void form(HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "") String patient)
            throws IOException {
        var clinician = clinician(request);
        if (clinician.isEmpty()) {
            pages.send(request, response, Pages.Page.problem(403, "no-emergency"));
        } else if (proof.demand(request, response)) {
            show(
                    request,
                    response,
                    clinician.get(),
                    new Asked(200, "", NUMBER.matcher(patient).matches() ? patient : "", "", ""));
        }
    }

    @PostMapping(PAGE)
    void declare(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String patient,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String explanation)
            throws IOException {
        var clinician = clinician(request);
        if (clinician.isEmpty()) {
            glass.refused(Visitor.of(request), "no-right");
            pages.send(request, response, Pages.Page.problem(403, "no-emergency"));
            return;
        }
        if (!proof.require(request, response)) {
            glass.refused(Visitor.of(request), "no-fresh-factor");
            return;
        }
        var declared = Declaration.of("", reason, explanation);
        Optional<KnownPatient> found = declared.isEmpty() ? Optional.empty() : known(patient);
        if (declared.isEmpty() || found.isEmpty()) {
            var problem = declared.isEmpty() ? "no-reason" : "no-patient";
            glass.refused(Visitor.of(request), problem);
            show(request, response, clinician.get(), new Asked(400, problem, patient, reason, explanation));
            return;
        }
        var session = places.sessions().idOf(request.getSession().getId());
        glass.open(
                clinician.get(),
                declared.get().about(found.get().id()),
                request.getRemoteAddr(),
                session.orElseThrow(() -> new IllegalStateException("A signed-in browser has no stored session.")));
        PageSecurity.seeOther(response, PAGE);
    }

    @PostMapping(PAGE + "/end")
    void end(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String emergency) {
        clinician(request)
                .ifPresent(
                        who -> Emergency.id(emergency).ifPresent(id -> glass.close(who, id, request.getRemoteAddr())));
        PageSecurity.seeOther(response, PAGE);
    }

    private Optional<Account> clinician(HttpServletRequest request) {
        return accounts.find(request.getUserPrincipal().getName()).filter(BreakGlass::isOpenTo);
    }

    private Optional<KnownPatient> known(String number) {
        return Optional.of(number.strip())
                .filter(text -> NUMBER.matcher(text).matches())
                .flatMap(places.patients()::anybody);
    }

    private void show(HttpServletRequest request, HttpServletResponse response, Account clinician, Asked asked)
            throws IOException {
        List<Running> running = glass.runningOf(clinician.username()).stream()
                .map(emergency -> new Running(emergency, places.patients().anybody(emergency.patient())))
                .toList();
        pages.send(
                request,
                response,
                new Pages.Page(
                        asked.status(),
                        "break-glass",
                        Map.of(
                                "asked", asked,
                                "running", running,
                                "reasons",
                                        Arrays.stream(Reason.values())
                                                .map(Reason::code)
                                                .toList())));
    }

    /** What was typed, and what is wrong with it. */
    record Asked(int status, String problem, String patient, String reason, String explanation) {}

    /** An emergency with the patient as people know them. */
    record Running(Emergency emergency, Optional<KnownPatient> patient) {}
}
