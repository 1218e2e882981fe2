package org.rapport.reminder.spring;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.rapport.access.PublicOrigin;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Strangers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
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
        var always = Stream.of(
                new Header("X-Content-Type-Options", "nosniff"),
                new Header("Referrer-Policy", "no-referrer"),
                new Header("X-Robots-Tag", "noindex, nofollow"),
                new Header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none';"
                                + " frame-ancestors 'none'"),
                new Header("Cache-Control", "no-store"));
        var overTls = Stream.of(new Header("Strict-Transport-Security", "max-age=31536000"));
        List<Header> headers = origin.secure() ? Stream.concat(always, overTls).toList() : always.toList();
        return new HeaderWriterFilter(List.of(new StaticHeadersWriter(headers)));
    }
}
