package org.rapport.registration.spring;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RegisteredOrigins;
import org.rapport.access.spring.RegisteredCors;
import org.rapport.account.AttemptThrottle;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.PageSecurity;
import org.rapport.audit.SecurityLog;
import org.rapport.registration.DynamicRegistration;
import org.rapport.registration.InitialAccessTokens;
import org.rapport.registration.RegistrationSettings;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.Clients;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Wires dynamic registration; its endpoint is there only when the operator wants it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrationSettings.class)
class RegistrationConfiguration {

    @Bean
    InitialAccessTokens initialAccessTokens(
            DataSource database, PlatformTransactionManager transactions, SecurityLog log, Clock clock) {
        return new InitialAccessTokens(JdbcClient.create(database), new TransactionTemplate(transactions), log, clock);
    }

    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("rapport.registration.enabled")
    static class Endpoint {

        private static final int MOST_FAILURES = 10;
        private static final Duration HOLD = Duration.ofMinutes(5);
        private static final int SOURCES = 10_000;

        @Bean
        DynamicRegistration dynamicRegistration(
                DynamicRegistration.Store store,
                InitialAccessTokens tokens,
                Clients clients,
                ClientAdministration administration,
                SecurityLog log) {
            return new DynamicRegistration(store, tokens, clients, administration, log);
        }

        @Bean
        DynamicRegistration.Store registrationStore(DataSource database, PlatformTransactionManager transactions) {
            return new DynamicRegistration.Store(JdbcClient.create(database), new TransactionTemplate(transactions));
        }

        @Bean
        SimpleUrlHandlerMapping registrationEndpoint(
                DynamicRegistration registration, PublicOrigin origin, Clock clock) {
            var failures = new AttemptThrottle(MOST_FAILURES, HOLD, SOURCES, clock);
            var endpoint = new RegistrationEndpoint(registration, failures, origin);
            return new SimpleUrlHandlerMapping(
                    Map.of(RegistrationEndpoint.PATH, endpoint, RegistrationEndpoint.PATH + "/*", endpoint), 0);
        }

        private static final List<String> METHODS = List.of("POST", "GET", "DELETE");

        /** A token in the header is no cookie: nothing can be sent in somebody's name by another site. */
        @Bean
        @Order(9)
        SecurityFilterChain registrationChain(HttpSecurity http, PublicOrigin origin, RegisteredOrigins apps) {
            try {
                return http.securityMatcher(RegistrationEndpoint.PATH, RegistrationEndpoint.PATH + "/*")
                        .addFilterAfter(new Faults(RegistrationEndpoint::fault), HeaderWriterFilter.class)
                        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                        .cors(cors -> cors.configurationSource(new RegisteredCors(apps, METHODS)))
                        .csrf(csrf -> csrf.disable())
                        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                        .headers(headers -> PageSecurity.headers(headers, origin))
                        .build();
            } catch (Exception e) {
                throw new IllegalStateException("Dynamic registration cannot be set up.", e);
            }
        }
    }
}
