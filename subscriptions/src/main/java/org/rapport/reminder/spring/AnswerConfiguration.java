package org.rapport.reminder.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.rapport.access.PublicOrigin;
import org.rapport.access.spring.SafeHeaders;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Strangers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Opens the pages behind links to whoever holds one: the token in the address is the right. */
@Configuration(proxyBeanMethods = false)
class AnswerConfiguration {

    @Bean
    AnswerPages answerPages() {
        return new AnswerPages();
    }

    @Bean
    AnswerAudit answerAudit(AuditLog log, Strangers strangers) {
        return new AnswerAudit(log, strangers);
    }

    @Bean
    @Order(25)
    SecurityFilterChain answerChain(PublicOrigin origin) {
        Filter formsOnly = (request, response, chain) -> {
            if (Set.of("GET", "HEAD", "POST").contains(((HttpServletRequest) request).getMethod())) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        };
        return new DefaultSecurityFilterChain(
                PathPatternRequestMatcher.withDefaults().matcher("/a/*"), headers(origin), formsOnly);
    }

    /** The address is a secret: it goes into no other site's log, no cache and no search engine. */
    private static Filter headers(PublicOrigin origin) {
        return SafeHeaders.filter(
                origin,
                "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
                new Header("X-Robots-Tag", "noindex, nofollow"));
    }
}
