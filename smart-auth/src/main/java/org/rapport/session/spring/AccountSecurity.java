package org.rapport.session.spring;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.rapport.access.OwnDevices;
import org.rapport.access.PublicOrigin;
import org.rapport.account.AccountNotices;
import org.rapport.account.Accounts;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.PageSecurity;
import org.rapport.account.spring.Pages;
import org.rapport.audit.SecurityLog;
import org.rapport.session.AppAccess;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Guards and wires the page of the own account and signing out. */
@Configuration(proxyBeanMethods = false)
class AccountSecurity {

    private static final String[] FORMS = {
        AccountPage.END_SESSION, AccountPage.END_OTHER_SESSIONS, AccountPage.END_APP, AccountPage.END_DEVICE
    };

    @Bean
    @Order(15)
    SecurityFilterChain ownAccountChain(HttpSecurity http, Pages pages, PublicOrigin origin) {
        try {
            return http.securityMatchers(paths -> paths.requestMatchers(FORMS).requestMatchers(RelyingPartyLogout.PATH))
                    .addFilterAfter(new Faults(Faults.page(pages)), HeaderWriterFilter.class)
                    .authorizeHttpRequests(paths -> paths.requestMatchers(RelyingPartyLogout.PATH)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .csrf(csrf -> csrf.ignoringRequestMatchers(
                            request -> request.getRequestURI().equals(RelyingPartyLogout.PATH)
                                    && request.getParameter(RelyingPartyLogout.CONFIRMED) == null))
                    .exceptionHandling(answers -> answers.authenticationEntryPoint(PageSecurity.toSignIn())
                            .accessDeniedHandler(PageSecurity.refused(pages)))
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The account pages cannot be set up.", e);
        }
    }

    /** Before Spring Security, which tells the address of each request. */
    @Bean
    FilterRegistrationBean<QuietQuery> quietQuery() {
        var registration = new FilterRegistrationBean<>(new QuietQuery());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.addUrlPatterns(RelyingPartyLogout.PATH);
        return registration;
    }

    @Bean
    AccountView accountView(Accounts accounts, Sessions sessions, AppAccess apps, ObjectProvider<OwnDevices> devices) {
        return new AccountView(accounts, sessions, apps, optional(devices));
    }

    @Bean
    OwnerActs ownerActs(
            Accounts accounts,
            Sessions sessions,
            AppAccess apps,
            ObjectProvider<OwnDevices> devices,
            OwnerActs.Recorded record) {
        return new OwnerActs(accounts, sessions, apps, optional(devices), record);
    }

    @Bean
    OwnerActs.Recorded ownerActsRecord(
            SecurityLog log, AccountNotices notices, PlatformTransactionManager transactions) {
        return new OwnerActs.Recorded(log, notices, new TransactionTemplate(transactions));
    }

    @Bean
    SignOut signOut(SecurityLog log) {
        return new SignOut(log);
    }

    @Bean
    LogoutActs logoutActs(Sessions sessions, Grants grants, SignOut audit) {
        return new LogoutActs(sessions, grants, audit);
    }

    @Bean
    IdTokenHints idTokenHints(JWKSource<SecurityContext> keys, PublicOrigin origin) {
        return new IdTokenHints(keys, origin);
    }

    private static Supplier<Optional<OwnDevices>> optional(ObjectProvider<OwnDevices> devices) {
        return () -> Optional.ofNullable(devices.getIfAvailable());
    }
}
