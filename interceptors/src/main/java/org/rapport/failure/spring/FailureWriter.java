package org.rapport.failure.spring;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.rapport.failure.Failure;

/** Writes a {@link Failure} as the whole answer. */
public final class FailureWriter {

    private FailureWriter() {}

    /** Replaces whatever was written so far, unless it is on its way already. */
    public static void write(Failure failure, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        failure.headers().forEach(response::setHeader);
        response.setStatus(failure.status());
        response.setContentType("application/fhir+json;charset=UTF-8");
        var body = failure.json(Optional.empty()).getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
