package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.factor.SignedInBy;
import org.rapport.factor.signin.spring.SignedInBySession;
import org.rapport.factor.signin.spring.WantedPage;

/**
 * Asks for a factor again before something that a borrowed or stolen session must not do.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9470">RFC 9470</a>
 */
public final class StepUp {

    /** The challenge that an API answers with, status 401. */
    public static final String CHALLENGE =
            "Bearer error=\"insufficient_user_authentication\", max_age=\"%d\"".formatted(SignedInBy.FRESH.toSeconds());

    static final String PAGE = "/login/step-up";

    private final Pages pages;
    private final Clock clock;

    StepUp(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** Whether the person in this browser gave a factor in the last five minutes. */
    public boolean isFresh(HttpServletRequest request) {
        return SignedInBySession.of(request)
                .filter(by -> by.isFresh(SignedInBy.FRESH, clock))
                .isPresent();
    }

    /**
     * Sends the browser to give a factor unless it gave one in the last five minutes; afterwards it comes back to this page.
     *
     * @return whether the request may go on
     */
    public boolean demand(HttpServletRequest request, HttpServletResponse response) {
        return demand(request, response, WantedPage.of(request));
    }

    /** The same for a form, which cannot be sent again: afterwards the browser comes back to the page with this path. */
    public boolean demand(HttpServletRequest request, HttpServletResponse response, String page) {
        boolean fresh = isFresh(request);
        if (!fresh) {
            WantedPage.rememberForStepUp(request, page);
            PageSecurity.seeOther(response, PAGE);
        }
        return fresh;
    }

    /**
     * Refuses a form with status 401, and a page that leads to the step-up, unless a factor was given in the last five
     * minutes.
     *
     * @param page where to go afterwards
     * @return whether the request may go on
     */
    public boolean require(HttpServletRequest request, HttpServletResponse response, String page) throws IOException {
        boolean fresh = isFresh(request);
        if (!fresh) {
            WantedPage.rememberForStepUp(request, page);
            response.setHeader("WWW-Authenticate", CHALLENGE);
            pages.send(
                    request, response, new Pages.Page(HttpServletResponse.SC_UNAUTHORIZED, "factor-needed", Map.of()));
        }
        return fresh;
    }
}
