package org.rapport.discretion.spring;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietLoggersTest {

    private final LoggerContext logging = new LoggerContext();

    @ParameterizedTest(name = "of {0} at {2} when {1} is wanted: {3}")
    @CsvSource({
        "org.postgresql.core.v3.QueryExecutorImpl, TRACE, TRACE, DENY",
        "org.apache.coyote.http11.Http11InputBuffer, TRACE, DEBUG, DENY",
        "_org.springframework.web.util.RfcUriParser, TRACE, TRACE, DENY",
        "org.apache.coyote.http11.Http11InputBuffer, TRACE, INFO, NEUTRAL",
        "org.apache.coyote.http11.Http11InputBuffer, INFO, DEBUG, NEUTRAL",
        "org.springframework.jdbc.core.JdbcTemplate, TRACE, TRACE, NEUTRAL",
        "org.rapport.smart.Clients, TRACE, TRACE, NEUTRAL",
    })
    void sayNothingBelowInfo(String name, String wanted, String level, FilterReply answer) {
        logging.getLogger("ROOT").setLevel(Level.toLevel(wanted));

        assertThat(new QuietLoggers().decide(null, logging.getLogger(name), Level.toLevel(level), "x", null, null))
                .isEqualTo(answer);
    }
}
