package org.rapport.failure.spring;

import org.apache.catalina.core.StandardHost;
import org.rapport.failure.Failure;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Gives a constant answer to requests that never get as far as a controller or the FHIR server. */
@Configuration(proxyBeanMethods = false)
class ErrorConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorValve() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ErrorValve.class.getName());
            }
        });
    }

    /** What Spring Security's firewall takes for an attack is a broken address to everybody else. */
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, exception) ->
                FailureWriter.write(Failure.invalid("The address is not one of FHIR's"), response);
    }
}
