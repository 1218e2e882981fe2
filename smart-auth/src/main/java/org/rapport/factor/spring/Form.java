package org.rapport.factor.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** Reads the fields of a form. */
public final class Form {

    private Form() {}

    /** The value of a field; empty when it is missing. */
    public static String field(HttpServletRequest request, String name) {
        return Objects.requireNonNullElse(request.getParameter(name), "").strip();
    }
}
