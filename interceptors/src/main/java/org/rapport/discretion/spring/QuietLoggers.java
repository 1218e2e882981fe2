package org.rapport.discretion.spring;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Silences below INFO the loggers of the frameworks that write whole addresses, requests, answers, arguments and values
 * of statements: in those are passwords, tokens and what belongs to patients.
 */
final class QuietLoggers extends TurboFilter {

    private static final List<String> VERBATIM = List.of(
            "org.apache.catalina", // addresses
            "org.apache.coyote", // bytes of requests
            "org.apache.tomcat", // forms
            "org.springframework.http",
            "org.springframework.jdbc.core.StatementCreatorUtils", // values of statements
            "org.springframework.security.web", // addresses with codes and launches in them
            "org.springframework.web.client", // forms sent elsewhere
            "org.springframework.web.method", // arguments and answers of handlers
            "org.springframework.web.servlet",
            "org.springframework.web.util",
            "org.hibernate.orm.jdbc",
            "org.postgresql",
            "sun.net.www.protocol.http", // requests to elsewhere
            "jdk.httpclient");

    /** Takes effect for the whole process; a second one adds nothing. */
    void install() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logging
                && logging.getTurboFilterList().stream().noneMatch(QuietLoggers.class::isInstance)) {
            setContext(logging);
            start();
            logging.addTurboFilter(this);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable failure) {
        if (level.isGreaterOrEqual(Level.INFO) || logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
            return FilterReply.NEUTRAL;
        }
        return isVerbatim(logger.getName()) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /** Spring hides some of its loggers behind an underscore. */
    private static boolean isVerbatim(String name) {
        var plain = name.startsWith("_") ? name.substring(1) : name;
        return VERBATIM.stream().anyMatch(plain::startsWith);
    }
}
