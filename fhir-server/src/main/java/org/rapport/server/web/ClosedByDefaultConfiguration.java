package org.rapport.server.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.rapport.access.PublicOrigin;
import org.rapport.access.spring.SafeHeaders;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The last filter chains: health and metrics on their own port, the bare address, and 404 for what no feature owns. */
@Configuration(proxyBeanMethods = false)
class ClosedByDefaultConfiguration {

    @Bean
    @Order(900)
    SecurityFilterChain managementChain() {
        return new DefaultSecurityFilterChain(
                new OrRequestMatcher(get("/actuator/health/**"), get("/actuator/prometheus")), List.of());
    }

    /** Who types in the bare address is led to the page for people. */
    @Bean
    @Order(950)
    SecurityFilterChain frontDoor(PublicOrigin origin) {
        Filter lead = (request, response, chain) -> {
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_SEE_OTHER);
            ((HttpServletResponse) response).setHeader("Location", "/account");
        };
        return new DefaultSecurityFilterChain(get("/"), SafeHeaders.filter(origin, SafeHeaders.NO_CONTENT), lead);
    }

    @Bean
    @Order(1000)
    SecurityFilterChain closedChain(PublicOrigin origin) {
        Filter notFound = (request, response, chain) -> {
            ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write("There is nothing at this address.\n");
        };
        return new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE, SafeHeaders.filter(origin, SafeHeaders.NO_CONTENT), notFound);
    }

    private static RequestMatcher get(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, path);
    }
}
