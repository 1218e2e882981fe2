package org.rapport.breakglass.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rapport.account.spring.PageSecurity;
import org.rapport.factor.Factors;
import org.rapport.factor.signin.spring.SignIn;
import org.rapport.factor.spring.StepUp;

/** Asks for a second factor of the last five minutes; a password alone, of an account without a factor, is none. */
record FreshProof(StepUp stepUp, Factors factors) {

    /** Leads a page to where the factor is given; whether the request may go on. */
    boolean demand(HttpServletRequest request, HttpServletResponse response) {
        return has(request, response) && stepUp.demand(request, response);
    }

    /** Refuses a form with status 401; whether the request may go on. */
    boolean require(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return stepUp.require(request, response, BreakGlassPages.PAGE) && has(request, response);
    }

    private boolean has(HttpServletRequest request, HttpServletResponse response) {
        boolean has = factors.has(request.getUserPrincipal().getName());
        if (!has) {
            PageSecurity.seeOther(response, SignIn.FACTORS_PAGE);
        }
        return has;
    }
}
