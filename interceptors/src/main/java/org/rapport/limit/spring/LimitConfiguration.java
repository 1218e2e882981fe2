package org.rapport.limit.spring;

import java.time.Duration;
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

    /** How long the head of a request may take, and its body beside what comes at a decent rate. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often slow heads are looked for, in seconds. */
    private static final int LOOK = 2;

    @Bean
    FilterRegistrationBean<RequestLimitFilter> requestLimitFilter(RequestLimits limits) {
        var registration = new FilterRegistrationBean<>(new RequestLimitFilter(limits));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(ORDER);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimits() {
        return factory -> {
            factory.setProtocol(TimedHttp.class.getName());
            factory.setBackgroundProcessorDelay(LOOK);
            factory.addEngineValves(new SlowSenderValve(PATIENCE, TimedHttp.SWALLOW));
        };
    }
}
