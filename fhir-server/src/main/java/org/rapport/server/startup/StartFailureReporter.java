package org.rapport.server.startup;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says on standard error, in one sentence, why the start failed; a stack trace goes to the log at debug level only. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailureReporter.class);

    StartFailureReporter(ConfigurableApplicationContext context) {
        LOG.debug("Reports failures of {}", context);
    }

    @Override
    public boolean reportException(Throwable failure) {
        var error =
                new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8);
        var sentence = FailureSentence.of(failure);
        error.println(sentence.map(text -> "Rapport cannot start. " + text)
                .orElse("Rapport cannot start because of a fault of its own (" + root(failure)
                        + "); start again with --debug for the whole story and report it."));
        LOG.debug("The start failed", failure);
        return true;
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
