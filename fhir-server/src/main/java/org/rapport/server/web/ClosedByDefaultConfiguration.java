package org.rapport.server.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
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

/** The last two filter chains: health and metrics on their own port, and 404 for every path that no feature owns. */
@Configuration(proxyBeanMethods = false)
class ClosedByDefaultConfiguration {

    @Bean
    @Order(900)
    SecurityFilterChain managementChain() {
        return new DefaultSecurityFilterChain(
                new OrRequestMatcher(get("/actuator/health/**"), get("/actuator/prometheus")), List.of());
    }

    @Bean
    @Order(1000)
    SecurityFilterChain closedChain() {
        Filter notFound = (request, response, chain) ->
                ((HttpServletResponse) response).setStatus(HttpServletResponse.SC_NOT_FOUND);
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, notFound);
    }

    private static RequestMatcher get(String path) {
        return PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, path);
    }
}
