package org.rapport.account.spring;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns away with status 415 what is posted to a page and is no form, such as JSON that calls itself text. */
public final class FormsOnly extends OncePerRequestFilter {

    private final Pages pages;

    public FormsOnly(Pages pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST") && !isForm(request.getContentType())) {
            pages.send(request, response, Pages.Page.problem(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "refused"));
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isForm(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }
}
