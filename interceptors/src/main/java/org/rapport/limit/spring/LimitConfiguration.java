package org.rapport.limit.spring;

import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.rapport.limit.RequestLimits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limits in front of the FHIR server: behind the token check, before anything reads a body. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RequestLimits.class)
class LimitConfiguration {

    /** Right after Spring Security's filter and the count of requests. */
    static final int ORDER = -98;

    /** How much of a refused body is read and thrown away so that the sender gets to see the answer, in bytes. */
    private static final int SWALLOW = 64 * 1024 * 1024;

    /** How long a sender may keep the server waiting for the next piece, in milliseconds. */
    private static final int PATIENCE = 20_000;

    @Bean
    FilterRegistrationBean<RequestLimitFilter> requestLimitFilter(RequestLimits limits) {
        var registration = new FilterRegistrationBean<>(new RequestLimitFilter(limits));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimits() {
        return factory -> factory.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setMaxSwallowSize(SWALLOW);
            }
            if (connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
                protocol.setConnectionTimeout(PATIENCE);
            }
        });
    }
}
