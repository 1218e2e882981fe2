package org.rapport.device.spring;

import java.security.SecureRandom;
import javax.sql.DataSource;
import org.rapport.device.DeviceCredentials;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Beans of the device features. */
@Configuration(proxyBeanMethods = false)
class DeviceConfiguration {

    @Bean
    DeviceCredentials deviceCredentials(DataSource dataSource) {
        return new DeviceCredentials(JdbcClient.create(dataSource), new SecureRandom());
    }
}
