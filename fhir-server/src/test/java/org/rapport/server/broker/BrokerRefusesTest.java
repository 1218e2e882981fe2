package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.device.BridgeLogin;

class BrokerRefusesTest extends BrokerFixture {

    private static final int CLIENT_ID_NOT_VALID = 0x85;
    private static final int BAD_LOGIN = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int PUBACK = 0x40;
    private static final int DISCONNECT = 0xE0;
    private static final int PACKET_TOO_LARGE = 0x95;

    @Test
    void anonymousClients() {
        assertThat(refusal("hr-alice", new MqttConnectionOptions())).isEqualTo(BAD_LOGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong"})
    void aWrongPassword(String password) {
        assertThat(refusal("hr-alice", "hr-alice", password)).isEqualTo(BAD_LOGIN);
    }

    @Test
    void anUnknownDevice() {
        assertThat(refusal("nobody", "nobody", secret())).isEqualTo(BAD_LOGIN);
    }

    @Test
    void theBridgesNameWithoutItsSecret() {
        assertThat(refusal("x", BridgeLogin.EMBEDDED_USERNAME, "wrong")).isEqualTo(BAD_LOGIN);
    }

    @Test
    void aRevokedDevice() {
        credentials().revoke("hr-alice");
        assertThat(refusal("hr-alice", "hr-alice", secret())).isEqualTo(BAD_LOGIN);
    }

    @Test
    void anotherDevicesClientId() {
        assertThat(refusal("cgm-bob", "hr-alice", secret())).isEqualTo(CLIENT_ID_NOT_VALID);
        assertThat(refusal("hr-alice2", "hr-alice", secret())).isEqualTo(CLIENT_ID_NOT_VALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"device/cgm-bob/status", "device/hr-alice/heart-rate"})
    void aRetainedLastWillAnywhereButOnTheOwnStatus(String topic) {
        var will = new MqttMessage("offline".getBytes(UTF_8));
        will.setRetained(true);
        var login = TestClient.login("hr-alice", secret());
        login.setWill(topic, will);
        assertThat(refusal("hr-alice", login)).isEqualTo(NOT_AUTHORIZED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"device/cgm-bob/heart-rate", "device/hr-alice/ack", "other", "$sys.mqtt.sessions", "device/#::x"
            })
    void topicsThatAreNotTheDevices(String topic) throws MqttException {
        try (var device = device()) {
            assertThatThrownBy(() -> device.publish(topic, "{}")).isInstanceOf(Exception.class);
        }
        assertThat(broker().waiting()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "device/#",
                "device/+/ack",
                "device/cgm-bob/ack",
                "device/hr-alice/heart-rate",
                "device/hr-alice/#",
                "$share/bridge/device/#",
                "$share/x/device/hr-alice/ack",
                "$share/x"
            })
    void subscriptionsThatAreNotTheDevices(String filter) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker().port())) {
            var in = connected(socket);
            socket.getOutputStream().write(RawMqtt.subscribe(filter));
            assertThat(RawMqtt.read(in)).startsWith(0x90).endsWith(NOT_AUTHORIZED);
        }
    }

    @Test
    void retainedReadings() throws MqttException {
        try (var device = device()) {
            assertThatThrownBy(() -> device.client().publish("device/hr-alice/heart-rate", TestClient.retained("{}")))
                    .isInstanceOf(MqttException.class);
            await().until(() -> !device.isConnected());
        }
        assertThat(broker().waiting()).isZero();
    }

    @Test
    void packetsBeyond64KiB() throws IOException {
        assertThat(answerToPublishOf(60_000)).startsWith(PUBACK);
        assertThat(answerToPublishOf(66_000)).startsWith(DISCONNECT).endsWith(PACKET_TOO_LARGE);
        assertThat(answerToPublishOf(5_000_000)).startsWith(DISCONNECT).endsWith(PACKET_TOO_LARGE);
    }

    @Test
    void largePacketsBeforeTheLogin() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker().port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(RawMqtt.connectOf(1_000_000));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aSecondConnect() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker().port())) {
            var in = connected(socket);
            socket.getOutputStream().write(RawMqtt.connect("hr-alice:2", "hr-alice", secret()));
            assertThat(RawMqtt.read(in)).startsWith(DISCONNECT);
        }
    }

    private List<Integer> answerToPublishOf(int bytes) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker().port())) {
            var in = connected(socket);
            socket.getOutputStream().write(RawMqtt.publish("device/hr-alice/heart-rate", bytes));
            return RawMqtt.read(in);
        }
    }

    private DataInputStream connected(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        var in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(RawMqtt.connect("hr-alice", "hr-alice", secret()));
        assertThat(RawMqtt.read(in)).startsWith(0x20);
        return in;
    }
}
