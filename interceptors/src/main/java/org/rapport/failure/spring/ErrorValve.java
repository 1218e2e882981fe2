package org.rapport.failure.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.rapport.failure.Failure;

/**
 * Answers what Tomcat refuses before any of our code runs, such as an address that is none, and what nobody has answered.
 *
 * <p>Public with a public constructor because Tomcat makes it by name.
 */
public final class ErrorValve extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    /** Tells neither version nor trace. */
    public ErrorValve() {
        setShowReport(false);
        setShowServerInfo(false);
    }

    private static Failure failure(int status) {
        if (status == Failure.TOO_SLOW.status()) {
            return Failure.TOO_SLOW;
        }
        return status < 500
                ? Failure.of(status, "invalid", "Invalid request")
                : Failure.of(status, "exception", "Internal error");
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            FailureWriter.write(failure(status), response);
            response.finishResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
