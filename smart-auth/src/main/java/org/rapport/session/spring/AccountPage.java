package org.rapport.session.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows people what belongs to their account, and takes from it what they no longer want. */
@Controller
class AccountPage {

    static final String END_SESSION = "/account/sessions/end";
    static final String END_OTHER_SESSIONS = "/account/sessions/end-others";
    static final String END_APP = "/account/apps/end";
    static final String END_DEVICE = "/account/devices/end";

    private static final String NOTICE = "done";
    private static final Set<String> NOTICES = Set.of("session", "sessions", "app", "device", "nothing");

    private final Pages pages;
    private final AccountView view;
    private final OwnerActs acts;

    AccountPage(Pages pages, AccountView view, OwnerActs acts) {
        this.pages = pages;
        this.view = view;
        this.acts = acts;
    }

    @GetMapping("/account")
    void account(HttpServletRequest request, HttpServletResponse response, Principal who) throws IOException {
        var model = view.of(who.getName(), cookie(request));
        var done = request.getParameter(NOTICE);
        model.put("notice", done != null && NOTICES.contains(done) ? done : "");
        pages.send(request, response, new Pages.Page(200, "account", model));
    }

    @PostMapping(END_SESSION)
    void endSession(HttpServletResponse response, Principal who, @RequestParam(defaultValue = "") String session) {
        back(response, acts.endSession(who.getName(), session), "session");
    }

    @PostMapping(END_OTHER_SESSIONS)
    void endOtherSessions(HttpServletRequest request, HttpServletResponse response, Principal who) {
        back(response, acts.endOtherSessions(who.getName(), cookie(request)), "sessions");
    }

    @PostMapping(END_APP)
    void endApp(HttpServletResponse response, Principal who, @RequestParam(defaultValue = "") String client) {
        back(response, acts.endApp(who.getName(), client), "app");
    }

    @PostMapping(END_DEVICE)
    void endDevice(HttpServletResponse response, Principal who, @RequestParam(defaultValue = "") String device) {
        back(response, acts.endDevice(who.getName(), device), "device");
    }

    private static void back(HttpServletResponse response, boolean done, String what) {
        PageSecurity.seeOther(response, "/account?" + NOTICE + '=' + (done ? what : "nothing"));
    }

    private static String cookie(HttpServletRequest request) {
        var session = request.getSession(false);
        return session == null ? "" : session.getId();
    }
}
