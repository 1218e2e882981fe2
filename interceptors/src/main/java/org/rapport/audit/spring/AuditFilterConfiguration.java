package org.rapport.audit.spring;

import java.time.Clock;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Strangers;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the audit in front of everything else at the FHIR base. */
@Configuration(proxyBeanMethods = false)
class AuditFilterConfiguration {

    /** Before Spring Security's filter. */
    private static final int ORDER = -200;

    @Bean
    Strangers strangers(AuditLog log, Clock clock) {
        return new Strangers(log, clock);
    }

    @Bean
    FilterRegistrationBean<AuditFilter> auditFilter(AuditLog log, Strangers strangers) {
        var registration = new FilterRegistrationBean<>(new AuditFilter(log, strangers));
        registration.addUrlPatterns("/fhir", "/fhir/*");
        registration.setOrder(ORDER);
        return registration;
    }
}
