package org.rapport.demo.mailbox;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.PublicOrigin;
import org.rapport.access.spring.SafeHeaders;
import org.rapport.demo.DemoSettings;
import org.rapport.mail.MailServer;
import org.rapport.server.ServerSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** The mail catcher, its page, and the sender that uses it. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
class MailboxConfiguration {

    static final String CONTENT_POLICY = "default-src 'none'; style-src 'self'; frame-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Bean
    Mailbox mailbox() {
        return new Mailbox();
    }

    @Bean
    SmtpCatcher smtpCatcher(ServerSettings server, DemoSettings demo, Mailbox mailbox, Clock clock) {
        return new SmtpCatcher(server.bindAddress(), demo.smtpPort(), mailbox, clock);
    }

    @Bean
    MailServer demoMailServer(ServerSettings server, DemoSettings demo) {
        return new MailServer(server.bindAddress(), demo.smtpPort(), Optional.empty(), false);
    }

    /** Everybody may read the demo's pages; there is nothing to write. */
    @Bean
    @Order(30)
    SecurityFilterChain demoChain(PublicOrigin origin) {
        Filter readOnly = (request, response, chain) -> {
            if (Set.of("GET", "HEAD").contains(((HttpServletRequest) request).getMethod())) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        };
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/demo/**"),
                SafeHeaders.filter(origin, CONTENT_POLICY),
                readOnly);
    }
}
