package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

class Version3ClientTest extends BrokerFixture {

    @Test
    void publishesWithItsSecret() throws MqttException {
        try (var client = client("hr-alice")) {
            client.connect(login("hr-alice", secret()));
            client.publish("device/hr-alice/heart-rate", "{}".getBytes(UTF_8), 1, false);
            client.disconnect();
        }
        assertThat(broker().waiting()).isEqualTo(1);
    }

    @Test
    void isRefusedWithAWrongPassword() throws MqttException {
        assertThat(refused("hr-alice", "wrong")).isEqualTo(MqttException.REASON_CODE_NOT_AUTHORIZED);
    }

    @Test
    void isRefusedUnderAnotherDevicesClientId() throws MqttException {
        assertThat(refused("cgm-bob", secret())).isEqualTo(MqttException.REASON_CODE_INVALID_CLIENT_ID);
    }

    @Test
    void isDisconnectedWhenItPublishesOnAnothersTopic() throws MqttException {
        try (var client = client("hr-alice")) {
            client.connect(login("hr-alice", secret()));
            assertThatThrownBy(() -> client.publish("device/cgm-bob/heart-rate", "{}".getBytes(UTF_8), 1, false))
                    .isInstanceOf(MqttException.class);
            await().until(() -> !client.isConnected());
        }
    }

    @Test
    void isToldThatASubscriptionFailed() throws MqttException {
        try (var client = client("hr-alice")) {
            client.connect(login("hr-alice", secret()));
            assertThatThrownBy(() -> client.subscribe("#", 1)).isInstanceOf(MqttException.class);
            client.subscribe("device/hr-alice/ack", 1);
            client.disconnect();
        }
    }

    private MqttClient client(String clientId) throws MqttException {
        return new MqttClient("tcp://127.0.0.1:" + broker().port(), clientId, new MemoryPersistence());
    }

    private static MqttConnectOptions login(String user, String password) {
        var options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        return options;
    }

    private int refused(String clientId, String password) throws MqttException {
        try (var client = client(clientId)) {
            return catchThrowableOfType(MqttException.class, () -> client.connect(login("hr-alice", password)))
                    .getReasonCode();
        }
    }
}
