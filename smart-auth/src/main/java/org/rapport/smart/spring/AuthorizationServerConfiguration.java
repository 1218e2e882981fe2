package org.rapport.smart.spring;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Pages;
import org.rapport.audit.SecurityLog;
import org.rapport.audit.Strangers;
import org.rapport.authorize.spring.AuthorizationAudit;
import org.rapport.clientkey.FetchedKeys;
import org.rapport.registration.RegistrationSettings;
import org.rapport.session.Grants;
import org.rapport.session.TokenLifetimes;
import org.rapport.smart.AssertionReplays;
import org.rapport.smart.ClientAdministration;
import org.rapport.smart.Clients;
import org.rapport.smart.ServerMetadata;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what the authorization server knows: clients, grants, its own address. */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerConfiguration {

    private static final String SMART_METADATA = "/fhir/.well-known/smart-configuration";

    @Bean
    Clients smartClients(DataSource database, PasswordEncoder secrets, FetchedKeys keys) {
        return new Clients(JdbcClient.create(database), secrets, keys.hosts());
    }

    @Bean
    ClientAdministration clientAdministration(
            DataSource database,
            PlatformTransactionManager transactions,
            Clients clients,
            Grants grants,
            SecurityLog log) {
        return new ClientAdministration(
                JdbcClient.create(database), new TransactionTemplate(transactions), clients, grants::endOfClient, log);
    }

    @Bean
    RegisteredClientRepository registeredClients(Clients clients, TokenLifetimes lifetimes) {
        return new RegisteredApps(clients, lifetimes);
    }

    @Bean
    @DependsOnDatabaseInitialization
    OAuth2AuthorizationService oauthAuthorizations(
            DataSource database,
            RegisteredClientRepository clients,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new HashedAuthorizations(
                new JdbcTemplate(database), clients, new TransactionTemplate(transactions), clock);
    }

    @Bean
    OAuth2AuthorizationConsentService oauthAuthorizationConsents(
            DataSource database, RegisteredClientRepository clients) {
        return new JdbcOAuth2AuthorizationConsentService(new JdbcTemplate(database), clients);
    }

    /** The issuer is the public origin, not what a request's Host header says. */
    @Bean
    AuthorizationServerSettings authorizationServerSettings(PublicOrigin origin) {
        return AuthorizationServerSettings.builder().issuer(origin.baseUrl()).build();
    }

    @Bean
    ClientIdentification clientIdentification(
            RegisteredClientRepository clients,
            DataSource database,
            FetchedKeys published,
            PublicOrigin origin,
            ClientRefusals refusals,
            PasswordEncoder secrets,
            Clock clock) {
        var replays = new AssertionReplays(JdbcClient.create(database));
        return new ClientIdentification(
                clients, new AssertionDecoders(replays, refusals, published, origin, clock), refusals, secrets, clock);
    }

    @Bean
    ClientRefusals clientRefusals(Clients clients, Strangers log) {
        return new ClientRefusals(clients, log);
    }

    @Bean
    OAuthAnswers oauthAnswers(PublicOrigin origin, Pages pages, AuthorizationAudit audit) {
        return new OAuthAnswers(origin, pages, audit);
    }

    /** An exact path wins over the FHIR servlet's pattern. */
    @Bean
    ServletRegistrationBean<Document> smartConfigurationDocument(PublicOrigin origin, RegistrationSettings settings) {
        var registration = new ServletRegistrationBean<>(
                new Document(new ServerMetadata(origin, settings.enabled()).smartConfiguration()), SMART_METADATA);
        registration.setName("smartConfiguration");
        return registration;
    }

    /** A JSON document that applications of any origin may read. */
    static final class Document extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final String json;

        Document(Map<String, Object> content) {
            this.json = JSONObjectUtils.toJSONString(content);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json;charset=UTF-8");
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.getWriter().write(json);
        }
    }
}
