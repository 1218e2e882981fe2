package org.rapport.session.spring;

import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.session.AppAccess;
import org.rapport.session.Grants;
import org.rapport.session.PostLogoutRedirects;
import org.rapport.session.SessionLimits;
import org.rapport.session.Sessions;
import org.rapport.session.SignIn;
import org.rapport.session.TokenLifetimes;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires login sessions and their times. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SessionLimits.class, TokenLifetimes.class})
class LoginSessionConfiguration {

    /**
     * An attribute of a session that another request has just ended is dropped, and one that another request has just
     * written is replaced.
     */
    private static final String WRITE_ATTRIBUTE = """
            INSERT INTO %TABLE_NAME%_ATTRIBUTES (session_primary_id, attribute_name, attribute_bytes)
            SELECT s.primary_id, v.name, v.bytes
            FROM (VALUES (CAST(? AS char(36)), CAST(? AS text), CAST(? AS bytea))) AS v (id, name, bytes)
            JOIN %TABLE_NAME% s ON s.primary_id = v.id
            ON CONFLICT (session_primary_id, attribute_name) DO UPDATE SET attribute_bytes = EXCLUDED.attribute_bytes""";

    @Bean
    Sessions loginSessions(
            DataSource database,
            PlatformTransactionManager transactions,
            Grants grants,
            SessionLimits limits,
            Clock clock) {
        return new Sessions(JdbcClient.create(database), new TransactionTemplate(transactions), grants, limits, clock);
    }

    @Bean
    AppAccess appAccess(DataSource database, PlatformTransactionManager transactions, Grants grants, Clock clock) {
        return new AppAccess(JdbcClient.create(database), new TransactionTemplate(transactions), grants, clock);
    }

    @Bean
    PostLogoutRedirects postLogoutRedirects(DataSource database) {
        return new PostLogoutRedirects(JdbcClient.create(database));
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> storedSessions(SessionLimits limits) {
        return sessions -> {
            sessions.setDefaultMaxInactiveInterval(limits.idle());
            sessions.setCreateSessionAttributeQuery(WRITE_ATTRIBUTE);
        };
    }

    /** The sessions that requests see. */
    @Bean
    @Primary
    TimedSessions<?> timedSessions(
            FindByIndexNameSessionRepository<? extends Session> stored,
            SessionLimits limits,
            Sessions sessions,
            Clock clock) {
        return new TimedSessions<>(stored, limits, new WithGrants(sessions), clock);
    }

    /** Ends with a session what was granted in it. */
    private record WithGrants(Sessions sessions) implements TimedSessions.Ending {

        @Override
        public void signedIn(String cookie, SignIn signIn) {
            sessions.signedIn(cookie, signIn);
        }

        @Override
        public void replaced(String cookie) {
            sessions.endGrantsByCookie(cookie);
        }

        @Override
        public void ended(String cookie) {
            sessions.endByCookie(cookie);
        }
    }
}
