package org.rapport.device.spring;

import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.device.BridgeBroker;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.rapport.device.inbox.DeviceInbox;
import org.rapport.device.inbox.Intake;
import org.rapport.device.mqtt.MqttBridge;
import org.rapport.mapping.PlainPayload;
import org.rapport.work.WakeUp;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Beans of the device features. */
@Configuration(proxyBeanMethods = false)
class DeviceConfiguration {

    @Bean
    DeviceCredentials deviceCredentials(DataSource dataSource) {
        return new DeviceCredentials(JdbcClient.create(dataSource), new SecureRandom());
    }

    @Bean
    DeviceInbox deviceInbox(DataSource database) {
        return new DeviceInbox(new JdbcTemplate(database));
    }

    @Bean
    PlainPayload plainPayload(Clock clock) {
        return new PlainPayload(clock);
    }

    @Bean
    MqttBridge mqttBridge(
            BridgeBroker broker, BridgeLogin login, PlainPayload mapping, DeviceInbox inbox, WakeUp wakeUp) {
        return new MqttBridge(broker, login, new Intake(mapping, inbox, wakeUp));
    }
}
