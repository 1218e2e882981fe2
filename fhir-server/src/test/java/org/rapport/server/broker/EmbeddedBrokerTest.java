package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.device.BridgeLogin;
import org.rapport.server.StartFailure;

class EmbeddedBrokerTest extends BrokerFixture {

    @ParameterizedTest
    @ValueSource(strings = {"hr-alice", "hr-alice:gateway"})
    void letsADeviceInWithItsSecretUnderItsOwnName(String clientId) throws MqttException {
        try (var device = device(clientId)) {
            assertThat(device.isConnected()).isTrue();
        }
    }

    @Test
    void keepsWhatWasPublishedWhileNoBridgeWasThereAcrossARestart() throws MqttException {
        try (var device = device()) {
            for (int i = 0; i < 20; i++) {
                device.publish("device/hr-alice/heart-rate", "{\"value\":" + i + "}");
            }
        }
        restart();
        assertThat(queued()).hasSize(20).startsWith("device/hr-alice/heart-rate {\"value\":0}");
    }

    @Test
    void keepsReadingsPastTheirExpiry() throws MqttException {
        try (var device = device()) {
            var expiring = new MqttMessage("{}".getBytes(UTF_8), 1, false, new MqttProperties());
            expiring.getProperties().setMessageExpiryInterval(1L);
            device.client().publish("device/hr-alice/heart-rate", expiring);
        }
        await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
        assertThat(queued()).hasSize(1);
    }

    @Test
    void keepsTheBridgesQueueWhenTheBridgeUnsubscribes() throws MqttException {
        try (var bridge = bridge("bridge-2")) {
            bridge.client().unsubscribe(BridgeLogin.SUBSCRIPTION);
        }
        try (var device = device()) {
            device.publish("device/hr-alice/heart-rate", "{}");
        }
        assertThat(queued()).hasSize(1);
    }

    @Test
    void givesADeviceWhatTheBridgeSendsItAndNoneOfItBackToTheBridge() throws MqttException {
        try (var device = device();
                var bridge = bridge("bridge-1")) {
            assertThat(device.subscribe("device/hr-alice/ack")).isEqualTo(1);
            bridge.publish("device/hr-alice/ack", "{\"stored\":true}");
            await().until(() -> device.received().contains("device/hr-alice/ack {\"stored\":true}"));
            assertThatThrownBy(() -> bridge.publish("device/hr-alice/heart-rate", "{}"))
                    .isInstanceOf(Exception.class);
        }
        assertThat(broker().waiting()).isZero();
    }

    @Test
    void letsTheBridgeAnswerADeviceThatDoesNotListen() throws MqttException {
        try (var bridge = bridge("bridge-1")) {
            bridge.publish("device/never-seen/ack", "{}");
            bridge.publish("device/never-seen/errors", "{}");
            assertThat(bridge.isConnected()).isTrue();
        }
    }

    @Test
    void keepsTheRetainedStatusOfADevice() throws MqttException {
        try (var device = device()) {
            device.client().publish("device/hr-alice/status", TestClient.retained("online"));
        }
        assertThat(queued()).containsExactly("device/hr-alice/status online");
    }

    @Test
    void disconnectsARevokedDeviceWithinSeconds() throws MqttException {
        try (var device = device()) {
            credentials().revoke("hr-alice");
            await().atMost(Duration.ofSeconds(5)).until(() -> !device.isConnected());
        }
    }

    @Test
    void saysWhichPortIsInUse() {
        var place = new BrokerPlace(directory.resolve("second"), "127.0.0.1", broker().port());
        var second = new EmbeddedBroker(place, credentials(), BRIDGE);
        assertThatThrownBy(second::start)
                .isInstanceOf(StartFailure.class)
                .hasMessage("Port " + place.port() + " on 127.0.0.1 is in use; stop what uses it, or set"
                        + " rapport.mqtt.port to a free port.");
        assertThat(second.isRunning()).isFalse();
    }

    @Test
    void stopsWithinThreeSecondsWithADeviceConnected() throws MqttException {
        try (var device = device()) {
            long start = System.nanoTime();
            broker().stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            await().until(() -> !device.isConnected());
        }
        restart();
    }
}
