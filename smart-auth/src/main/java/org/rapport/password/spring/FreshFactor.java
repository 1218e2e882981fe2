package org.rapport.password.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.rapport.factor.Factors;
import org.rapport.factor.spring.StepUp;
import org.springframework.stereotype.Component;

/** Asks whoever has a second factor for it again, before what they sign in with is changed. */
@Component
public class FreshFactor {

    private final Factors factors;
    private final StepUp stepUp;

    FreshFactor(Factors factors, StepUp stepUp) {
        this.factors = factors;
        this.stepUp = stepUp;
    }

    /**
     * Leads a page to the step-up, and refuses a form with status 401, unless the account has no factor or gave one in the
     * last five minutes.
     *
     * @param page where to go afterwards
     * @return whether the request may go on
     */
    public boolean given(HttpServletRequest request, HttpServletResponse response, String page) throws IOException {
        if (!factors.has(request.getUserPrincipal().getName())) {
            return true;
        }
        return request.getMethod().equals("POST")
                ? stepUp.require(request, response, page)
                : stepUp.demand(request, response, page);
    }
}
