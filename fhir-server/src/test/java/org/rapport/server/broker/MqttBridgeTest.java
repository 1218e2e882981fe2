package org.rapport.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.device.BridgeBroker;
import org.rapport.device.BridgeLogin;
import org.rapport.device.inbox.DeviceInbox;
import org.rapport.device.inbox.Intake;
import org.rapport.device.mqtt.MqttBridge;
import org.rapport.mapping.PlainPayload;
import org.rapport.work.WakeUp;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

class MqttBridgeTest extends BrokerFixture {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private MqttBridge bridge;

    @BeforeEach
    void startBridgeWithoutItsTable() {
        JdbcClient.create(database()).sql("drop table if exists device_inbox").update();
        bridge = bridgeOf(() -> "tcp://127.0.0.1:" + broker().port());
        bridge.start();
    }

    @AfterEach
    void stopBridge() {
        bridge.stop();
    }

    @Test
    void acknowledgesNothingBeforeItIsStored() throws MqttException {
        try (var device = device()) {
            device.subscribe("device/hr-alice/ack");
            device.publish("device/hr-alice/heart-rate", heartRate(1));
            device.publish("device/hr-alice/heart-rate", heartRate(2));
            await().until(() -> broker().waiting() == 2);
            assertThat(device.received()).isEmpty();

            createTable();
            await().until(() -> device.received().size() == 2);
        }
        await().until(() -> broker().waiting() == 0);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void takesAfterARestartWhatItCouldNotStoreBefore() throws MqttException {
        try (var device = device()) {
            for (int second = 0; second < 50; second++) {
                device.publish("device/hr-alice/heart-rate", heartRate(second));
            }
        }
        bridge.stop();
        createTable();
        bridge.start();
        await().until(() -> broker().waiting() == 0);
        assertThat(stored()).isEqualTo(50);
    }

    @Test
    void comesBackWhenTheBrokerDoes() throws MqttException {
        createTable();
        restart();
        try (var device = device()) {
            device.publish("device/hr-alice/heart-rate", heartRate(1));
        }
        await().until(() -> stored() == 1);
        await().until(() -> broker().waiting() == 0);
    }

    @Test
    void acknowledgesTheStatusOfADeviceAndStoresNothing() throws MqttException {
        createTable();
        try (var device = device()) {
            device.publish("device/hr-alice/status", "online");
            device.publish("device/hr-alice/heart-rate", heartRate(1));
        }
        await().until(() -> stored() == 1);
        await().until(() -> broker().waiting() == 0);
    }

    @Test
    void doesNotKeepTheServerFromStartingWithoutABroker() {
        var alone = bridgeOf(() -> "tcp://127.0.0.1:1");
        alone.start();
        assertThat(alone.isRunning()).isTrue();
        alone.stop();
        assertThat(alone.isRunning()).isFalse();
    }

    private MqttBridge bridgeOf(Supplier<String> url) {
        var inbox = new DeviceInbox(new JdbcTemplate(database()));
        var mapping = new PlainPayload(Clock.fixed(NOW, ZoneOffset.UTC));
        return new MqttBridge(
                new BridgeBroker(url, BridgeLogin.EMBEDDED_USERNAME, true),
                BRIDGE,
                new Intake(mapping, inbox, new WakeUp()));
    }

    private void createTable() {
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V2026.11.22.60__device_inbox.sql"))
                .execute(database());
    }

    private long stored() {
        return JdbcClient.create(database())
                .sql("select count(*) from device_inbox")
                .query(Long.class)
                .single();
    }

    private static String heartRate(int second) {
        return "{\"value\":72,\"unit\":\"bpm\",\"timestamp\":\"2026-03-01T07:59:%02dZ\"}".formatted(second);
    }
}
