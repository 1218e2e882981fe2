package org.rapport.factor.enrolment.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;

/**
 * New recovery codes, which their owner sees this once.
 *
 * @param codes none when there was no need of new ones
 * @param next the page that follows
 */
record NewCodes(List<String> codes, String next) {

    /** Shows them; without any it goes on at once. */
    void send(Pages pages, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (codes.isEmpty()) {
            PageSecurity.seeOther(response, next);
        } else {
            var model = Map.<String, Object>of("codes", codes, "next", next);
            pages.send(request, response, new Pages.Page(HttpServletResponse.SC_OK, "factor-codes", model));
        }
    }
}
