package org.rapport.admin.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.audit.Agent;
import org.rapport.factor.spring.StepUp;

/** One request of an administrator to a page: who it is, whether the proof is fresh, what is answered. */
public record AdminVisit(Pages pages, StepUp stepUp, HttpServletRequest request, HttpServletResponse response) {

    /** Makes visits. */
    public record Desk(Pages pages, StepUp stepUp) {

        /** A visit by this request. */
        public AdminVisit visit(HttpServletRequest request, HttpServletResponse response) {
            return new AdminVisit(pages, stepUp, request, response);
        }
    }

    /** Who acts. */
    public Agent by() {
        var person = request.getUserPrincipal();
        return Agent.signedIn(person == null ? "" : person.getName(), request.getRemoteAddr());
    }

    /** Whether a page that leads to changes may be shown; else the browser is on its way to give a factor. */
    public boolean isProven() {
        return stepUp.demand(request, response);
    }

    /** Whether a form may act; else the browser is on its way to give a factor and to come back to a page. */
    public boolean mayAct(String page) {
        return stepUp.demand(request, response, page);
    }

    /** Answers with a page. */
    public void show(String template, Map<String, Object> model) throws IOException {
        show(HttpServletResponse.SC_OK, template, model);
    }

    /** Answers with a page and another status than 200. */
    public void show(int status, String template, Map<String, Object> model) throws IOException {
        pages.send(request, response, new Pages.Page(status, template, model));
    }

    /** Shows a secret that is not kept, this once. */
    public void showSecret(String kind, String of, String secret, String back) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        show("admin-secret", Map.of("kind", kind, "of", of, "secret", secret, "back", back));
    }

    /** Answers that there is nothing. */
    public void notFound() throws IOException {
        pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_NOT_FOUND, "not-found"));
    }

    /** Leads the browser on by a GET. */
    public void go(String path) {
        PageSecurity.seeOther(response, path);
    }
}
