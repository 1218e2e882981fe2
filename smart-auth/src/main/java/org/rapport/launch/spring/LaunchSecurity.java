package org.rapport.launch.spring;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.rapport.access.PublicOrigin;
import org.rapport.account.spring.Faults;
import org.rapport.account.spring.PageSecurity;
import org.rapport.launch.SmartStyle;
import org.rapport.revocation.RevokedGrants;
import org.rapport.revocation.spring.UnrevokedTokens;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;

/** Guards the endpoint of EHRs by access tokens, and lets everybody read the style document. */
@Configuration(proxyBeanMethods = false)
class LaunchSecurity {

    /** No cookie counts here, so that there is nothing to forge. */
    @Bean
    @Order(15)
    SecurityFilterChain launchChain(HttpSecurity http, JwtDecoder tokens, RevokedGrants revoked, PublicOrigin origin) {
        try {
            return http.securityMatcher(LaunchEndpoint.PATH, SmartStyle.PATH)
                    .addFilterAfter(new Faults(LaunchSecurity::fault), HeaderWriterFilter.class)
                    .authorizeHttpRequests(paths -> paths.requestMatchers(SmartStyle.PATH)
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .oauth2ResourceServer(bearer -> bearer.jwt(jwt -> jwt.decoder(new UnrevokedTokens(tokens, revoked)))
                            .authenticationEntryPoint(
                                    (request, response, why) -> Refusal.NOT_AUTHENTICATED.write(response)))
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(CsrfConfigurer::disable)
                    .headers(headers -> PageSecurity.headers(headers, origin))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException("The launch endpoint cannot be set up.", e);
        }
    }

    @Bean
    ServletRegistrationBean<StyleDocument> smartStyleDocument() {
        var registration = new ServletRegistrationBean<>(new StyleDocument(SmartStyle.document()), SmartStyle.PATH);
        registration.setName("smartStyle");
        return registration;
    }

    private static void fault(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        boolean passes = status == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        new Refusal(status, passes ? "temporarily_unavailable" : "server_error", "Try again later.").write(response);
    }

    /** The style document, for scripts of any site. */
    static final class StyleDocument extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final String json;

        StyleDocument(Map<String, Object> content) {
            this.json = JSONObjectUtils.toJSONString(content);
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("application/json;charset=UTF-8");
            response.setHeader("Access-Control-Allow-Origin", "*");
            response.setHeader("Cache-Control", "max-age=3600");
            response.getWriter().write(json);
        }
    }
}
