package org.rapport.siem.spring;

import java.net.URI;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.siem.EventText;
import org.rapport.siem.SyslogExport;
import org.rapport.siem.SyslogSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sends to a collector when one is named. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyslogSettings.class)
class SyslogConfiguration {

    @Bean
    @ConditionalOnProperty("rapport.audit.syslog.host")
    SyslogExport syslogExport(DataSource database, EventText events, PublicOrigin origin, SyslogSettings settings) {
        var host = URI.create(origin.fhirBase()).getHost();
        return new SyslogExport(new SyslogExport.Source(JdbcClient.create(database), events, host), settings);
    }
}
