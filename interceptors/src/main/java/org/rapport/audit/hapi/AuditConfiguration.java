package org.rapport.audit.hapi;

import javax.sql.DataSource;
import org.rapport.access.RecordOwners;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditSearch;
import org.rapport.audit.SecurityLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the audit into HAPI's hooks and the audit log in the place of stored AuditEvents. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    @Bean
    AuditLog auditLog(DataSource database) {
        return new AuditLog(new JdbcTemplate(database));
    }

    @Bean
    SecurityLog securityLog(AuditLog log) {
        return new SecurityLog(log);
    }

    @Bean
    ReadInterceptor readInterceptor(AuditLog log, RecordOwners owners) {
        return new ReadInterceptor(log, owners);
    }

    @Bean
    AuditEventProvider auditEventProvider(DataSource database) {
        return new AuditEventProvider(new AuditSearch(JdbcClient.create(database)));
    }
}
