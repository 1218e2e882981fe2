package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Everything that every logger writes at every level while this is open; what the tests themselves send and what drives
 * the browser is left out.
 *
 * <p>Open it when the servers of the test run: a server that starts sets up the log anew.
 */
public final class LogLines implements AutoCloseable {

    private static final List<String> OF_THE_TESTS = List.of("org.apache.http", "io.restassured", "org.openqa");
    private static final int ENOUGH = 100;

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Map<String, Level> levels = new HashMap<>();
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    private final AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            var line = event.getLoggerName() + ' ' + event.getFormattedMessage();
            lines.add(line + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
    };

    private LogLines() {}

    /** Listens from now on. */
    public static LogLines all() {
        var lines = new LogLines();
        lines.listen();
        return lines;
    }

    private void listen() {
        logging.getLoggerList().stream()
                .filter(logger -> logger.getLevel() != null)
                .forEach(logger -> levels.put(logger.getName(), logger.getLevel()));
        levels.keySet()
                .forEach(name -> logging.getLogger(name).setLevel(name.equals(root().getName()) ? Level.TRACE : null));
        OF_THE_TESTS.forEach(name -> logging.getLogger(name).setLevel(Level.OFF));
        root().iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(root()::detachAppender);
        recorder.setContext(logging);
        recorder.start();
        root().addAppender(recorder);
        listenToTheJdk(java.util.logging.Level.ALL);
    }

    /** Tomcat and the database driver write to the log of the JDK, which is bridged as in a running server. */
    private static void listenToTheJdk(java.util.logging.Level level) {
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
        var jdk = LogManager.getLogManager();
        jdk.getLoggerNames().asIterator().forEachRemaining(name -> {
            var logger = jdk.getLogger(name);
            if (logger != null) {
                logger.setLevel(name.isEmpty() ? level : null);
            }
        });
    }

    private Logger root() {
        return logging.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    /** None of the lines holds one of these, as it is or encoded; and there were lines. */
    public void holdNone(Collection<String> secrets) {
        assertThat(lines).hasSizeGreaterThan(ENOUGH);
        assertThat(secrets).isNotEmpty().allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(5));
        for (var secret : secrets) {
            for (var form : Encoded.forms(secret)) {
                assertThat(lines.stream().filter(line -> line.contains(form)).limit(3))
                        .as("lines with a secret")
                        .isEmpty();
            }
        }
    }

    /** None of the lines holds one of these where it is no part of a longer word or number. */
    public void holdNoneOfTheWords(Collection<String> words) {
        for (var word : words) {
            var alone = Pattern.compile("(?<![\\w.:-])" + Pattern.quote(word) + "(?![\\w.:-])");
            assertThat(lines.stream().filter(line -> alone.matcher(line).find()).limit(3))
                    .as("lines with a code")
                    .isEmpty();
        }
    }

    /** Whether there are lines of a or of those below it. */
    public boolean hasLinesOf(String logger) {
        return lines.stream().anyMatch(line -> line.startsWith(logger));
    }

    @Override
    public void close() {
        root().detachAppender(recorder);
        usual.forEach(root()::addAppender);
        OF_THE_TESTS.forEach(name -> logging.getLogger(name).setLevel(null));
        levels.forEach((name, level) -> logging.getLogger(name).setLevel(level));
        listenToTheJdk(java.util.logging.Level.INFO);
    }
}
