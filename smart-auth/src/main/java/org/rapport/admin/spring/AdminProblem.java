package org.rapport.admin.spring;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Says in the administrators' API what went wrong.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, problem details</a>
 */
@RestControllerAdvice(annotations = AdminApi.class)
public class AdminProblem {

    /** Nothing has that name. */
    public static final class Unknown extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Unknown(String what) {
            super(what);
        }
    }

    /** The name is taken. */
    public static final class Taken extends RuntimeException {

        private static final long serialVersionUID = 1;

        public Taken(String what) {
            super(what);
        }
    }

    @ExceptionHandler
    ProblemDetail invalid(IllegalArgumentException invalid) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, String.valueOf(invalid.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.BAD_REQUEST, "The body is no JSON with the members that docs/guide.md lists.");
    }

    @ExceptionHandler
    ProblemDetail unknown(Unknown unknown) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, String.valueOf(unknown.getMessage()));
    }

    @ExceptionHandler
    ProblemDetail taken(Taken taken) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(taken.getMessage()));
    }

    /** Writes a problem where no controller is reached; the challenge may be empty. */
    static void write(HttpServletResponse response, int status, String challenge, String detail) throws IOException {
        response.setStatus(status);
        if (!challenge.isEmpty()) {
            response.setHeader("WWW-Authenticate", challenge);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/problem+json");
        response.getWriter().write("{\"status\":%d,\"detail\":\"%s\"}".formatted(status, detail));
    }
}
