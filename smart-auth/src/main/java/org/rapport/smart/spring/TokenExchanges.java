package org.rapport.smart.spring;

import java.util.List;
import javax.sql.DataSource;
import org.rapport.account.AccountNotices;
import org.rapport.audit.SecurityLog;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts locks, revocation and audit around the ways in which Spring Authorization Server gives tokens. */
final class TokenExchanges {

    private final GrantRows rows;
    private final GrantEnds ends;
    private final TokenAudit audit;
    private final TransactionTemplate transaction;

    TokenExchanges(
            DataSource database, PlatformTransactionManager transactions, GrantEnds ends, SecurityLog securityLog) {
        this.rows = new GrantRows(JdbcClient.create(database));
        this.ends = ends;
        this.audit = new TokenAudit(securityLog);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The same way to a token, one request at a time for each grant. */
    AuthenticationProvider locked(AuthenticationProvider provider) {
        return provider instanceof OAuth2AuthorizationCodeAuthenticationProvider
                        || provider instanceof OAuth2RefreshTokenAuthenticationProvider
                        || provider instanceof OAuth2ClientCredentialsAuthenticationProvider
                ? new LockedGrant(provider, rows, ends, audit, transaction)
                : provider;
    }

    /** Replaces the way to revoke a token. */
    void revocation(List<AuthenticationProvider> providers) {
        providers.clear();
        providers.add(new Revocation(rows, ends.grants(), audit, transaction));
    }

    /** Narrows whom the server tells about a token. */
    void introspection(List<AuthenticationProvider> providers) {
        providers.replaceAll(IntrospectionRules::new);
    }

    /** Wires itself, and the filter that tells how long a request has been under way. */
    @Configuration(proxyBeanMethods = false)
    static class Wiring {

        @Bean
        TokenExchanges tokenExchanges(
                DataSource database, PlatformTransactionManager transactions, GrantEnds ends, SecurityLog securityLog) {
            return new TokenExchanges(database, transactions, ends, securityLog);
        }

        @Bean
        GrantEnds grantEnds(Grants grants, Sessions sessions, AccountNotices notices) {
            return new GrantEnds(grants, sessions, notices);
        }

        @Bean
        FilterRegistrationBean<Arrival> arrival() {
            var registration = new FilterRegistrationBean<>(new Arrival());
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            registration.addUrlPatterns("/oauth2/token");
            return registration;
        }
    }
}
