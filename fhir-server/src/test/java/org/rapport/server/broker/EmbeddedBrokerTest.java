package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttClientPersistence;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.device.BridgeLogin;
import org.rapport.server.StartFailure;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedBrokerTest {

    private static final BridgeLogin BRIDGE = new BridgeLogin(BridgeLogin.EMBEDDED_USERNAME, "bridge-secret");
    private static final int BAD_LOGIN = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final int CLIENT_ID_NOT_VALID = 0x85;

    @TempDir
    static Path directory;

    private TestDevices devices;
    private EmbeddedBroker broker;
    private String alice;

    @BeforeAll
    void startBroker() throws IOException {
        devices = new TestDevices();
        broker = started(0);
    }

    @AfterAll
    void stopBroker() throws IOException {
        broker.stop();
        devices.close();
    }

    @BeforeEach
    void issueCredential() {
        alice = devices.credentials().issue("hr-alice");
    }

    @AfterEach
    void emptyQueue() throws MqttException {
        devices.credentials().revoke("hr-alice");
        if (broker.waiting() > 0) {
            queued();
        }
    }

    @Nested
    class LogsIn {

        @Test
        void aDeviceWithItsSecretUnderItsOwnName() throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                assertThat(device.client.isConnected()).isTrue();
            }
            try (var device = new Device("hr-alice:gateway", "hr-alice", alice)) {
                assertThat(device.client.isConnected()).isTrue();
            }
        }

        @Test
        void aVersion3DeviceToo() throws org.eclipse.paho.client.mqttv3.MqttException {
            var client = version3("hr-alice");
            client.connect(version3Login("hr-alice", alice));
            client.publish("device/hr-alice/heart-rate", "{}".getBytes(UTF_8), 1, false);
            client.disconnect();
            client.close();
        }
    }

    @Nested
    class Refuses {

        @Test
        void anonymousClients() {
            assertThat(refusal("hr-alice", new MqttConnectionOptions())).isEqualTo(BAD_LOGIN);
        }

        @Test
        void anEmptyPassword() {
            assertThat(refusal("hr-alice", "hr-alice", "")).isEqualTo(BAD_LOGIN);
        }

        @Test
        void aWrongPassword() {
            assertThat(refusal("hr-alice", "hr-alice", "wrong")).isEqualTo(BAD_LOGIN);
        }

        @Test
        void anUnknownDevice() {
            assertThat(refusal("nobody", "nobody", alice)).isEqualTo(BAD_LOGIN);
        }

        @Test
        void theBridgesNameWithoutItsSecret() {
            assertThat(refusal("x", BridgeLogin.EMBEDDED_USERNAME, "wrong")).isEqualTo(BAD_LOGIN);
        }

        @Test
        void aRevokedDevice() {
            devices.credentials().revoke("hr-alice");
            assertThat(refusal("hr-alice", "hr-alice", alice)).isEqualTo(BAD_LOGIN);
        }

        @Test
        void anotherDevicesClientId() {
            assertThat(refusal("cgm-bob", "hr-alice", alice)).isEqualTo(CLIENT_ID_NOT_VALID);
            assertThat(refusal("hr-alice2", "hr-alice", alice)).isEqualTo(CLIENT_ID_NOT_VALID);
        }

        @Test
        void version3ClientsForTheSameReasons() throws org.eclipse.paho.client.mqttv3.MqttException {
            assertThat(version3Refusal("hr-alice", "hr-alice", "wrong"))
                    .isEqualTo(org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_NOT_AUTHORIZED);
            assertThat(version3Refusal("cgm-bob", "hr-alice", alice))
                    .isEqualTo(org.eclipse.paho.client.mqttv3.MqttException.REASON_CODE_INVALID_CLIENT_ID);
        }

        @Test
        void aLastWillOnAnothersTopic() {
            assertThat(refusalOfWill("device/cgm-bob/status", true)).isEqualTo(NOT_AUTHORIZED);
            assertThat(refusalOfWill("device/hr-alice/heart-rate", true)).isEqualTo(NOT_AUTHORIZED);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "device/cgm-bob/heart-rate",
                    "device/hr-alice/ack",
                    "other",
                    "$sys.mqtt.sessions",
                    "device/#::x"
                })
        void topicsThatAreNotTheDevices(String topic) throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                assertThatThrownBy(() -> device.publish(topic, "{}")).isInstanceOf(Exception.class);
            }
            assertThat(broker.waiting()).isZero();
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
                    "$share/x/device/hr-alice/ack"
                })
        void subscriptionsThatAreNotTheDevices(String filter) throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                assertThat(device.subscribe(filter)).isEqualTo(NOT_AUTHORIZED);
            }
        }

        @Test
        void retainedReadings() throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                assertThatThrownBy(() -> device.client.publish("device/hr-alice/heart-rate", retained("{}")))
                        .isInstanceOf(MqttException.class);
                await().until(() -> !device.client.isConnected());
            }
            assertThat(broker.waiting()).isZero();
        }

        @Test
        void version3PublishersOnAnothersTopicByDisconnecting() throws org.eclipse.paho.client.mqttv3.MqttException {
            var client = version3("hr-alice");
            client.connect(version3Login("hr-alice", alice));
            assertThatThrownBy(() -> client.publish("device/cgm-bob/heart-rate", "{}".getBytes(UTF_8), 1, false))
                    .isInstanceOf(org.eclipse.paho.client.mqttv3.MqttException.class);
            await().until(() -> !client.isConnected());
            client.close();
        }
    }

    @Nested
    class Limits {

        @Test
        void packetsTo64KiB() throws IOException {
            assertThat(answerToPublishOf(60_000)).startsWith(0x40); // PUBACK
            assertThat(answerToPublishOf(66_000)).startsWith(0xE0).endsWith(0x95); // DISCONNECT, packet too large
            assertThat(answerToPublishOf(5_000_000)).startsWith(0xE0).endsWith(0x95);
        }

        @Test
        void packetsBeforeTheLogin() throws IOException {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(RawMqtt.connectOf(1_000_000));
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }

        @Test
        void theFirstPacketToConnect() throws IOException {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setSoTimeout(5_000);
                var out = socket.getOutputStream();
                out.write(RawMqtt.connect("hr-alice", "hr-alice", alice));
                out.write(RawMqtt.connect("hr-alice", "hr-alice", alice));
                await().until(() -> socket.getInputStream().read() < 0);
            }
        }

        private List<Integer> answerToPublishOf(int bytes) throws IOException {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
                socket.setSoTimeout(5_000);
                var in = new DataInputStream(socket.getInputStream());
                socket.getOutputStream().write(RawMqtt.connect("hr-alice", "hr-alice", alice));
                assertThat(RawMqtt.read(in)).startsWith(0x20);
                socket.getOutputStream().write(RawMqtt.publish("device/hr-alice/heart-rate", bytes));
                return RawMqtt.read(in);
            }
        }
    }

    @Nested
    class Keeps {

        @Test
        void whatWasPublishedWhileNoBridgeWasThereAcrossARestart() throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                for (int i = 0; i < 20; i++) {
                    device.publish("device/hr-alice/heart-rate", "{\"value\":" + i + "}");
                }
            }
            broker.stop();
            broker = started(0);
            assertThat(queued()).hasSize(20).startsWith("device/hr-alice/heart-rate {\"value\":0}");
        }

        @Test
        void readingsPastTheirExpiry() throws MqttException {
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                var message = new MqttMessage("{}".getBytes(UTF_8));
                message.setQos(1);
                message.setProperties(expiringAfterSeconds(1));
                device.client.publish("device/hr-alice/heart-rate", message);
            }
            await().pollDelay(Duration.ofMillis(1_500)).until(() -> true);
            assertThat(queued()).hasSize(1);
        }

        @Test
        void theBridgesQueueWhenTheBridgeUnsubscribes() throws MqttException {
            try (var bridge = new Device("bridge-2", TestBridge.login(BRIDGE))) {
                bridge.client.unsubscribe(BridgeLogin.SUBSCRIPTION);
            }
            try (var device = new Device("hr-alice", "hr-alice", alice)) {
                device.publish("device/hr-alice/heart-rate", "{}");
            }
            assertThat(queued()).hasSize(1);
        }
    }

    @Test
    void givesADeviceWhatTheBridgeSendsItAndNoneOfItBackToTheBridge() throws MqttException {
        try (var device = new Device("hr-alice", "hr-alice", alice);
                var bridge = new Device("bridge-1", TestBridge.login(BRIDGE))) {
            assertThat(device.subscribe("device/hr-alice/ack")).isEqualTo(1);
            bridge.publish("device/hr-alice/ack", "{\"stored\":true}");
            await().until(() -> device.received.contains("device/hr-alice/ack {\"stored\":true}"));
            assertThatThrownBy(() -> bridge.publish("device/hr-alice/heart-rate", "{}"))
                    .isInstanceOf(Exception.class);
        }
        assertThat(broker.waiting()).isZero();
    }

    @Test
    void keepsTheRetainedStatusOfADevice() throws MqttException {
        try (var device = new Device("hr-alice", "hr-alice", alice)) {
            device.client.publish("device/hr-alice/status", retained("online"));
        }
        assertThat(queued()).containsExactly("device/hr-alice/status online");
    }

    @Test
    void disconnectsARevokedDeviceWithinSeconds() throws MqttException {
        try (var device = new Device("hr-alice", "hr-alice", alice)) {
            devices.credentials().revoke("hr-alice");
            await().atMost(Duration.ofSeconds(5)).until(() -> !device.client.isConnected());
        }
    }

    @Test
    void saysWhichPortIsInUse() {
        var second = new EmbeddedBroker(
                new BrokerPlace(directory.resolve("second"), "127.0.0.1", broker.port()),
                devices.credentials(),
                BRIDGE);
        assertThatThrownBy(second::start)
                .isInstanceOf(StartFailure.class)
                .hasMessage("Port " + broker.port() + " on 127.0.0.1 is in use; stop what uses it, or set"
                        + " rapport.mqtt.port to a free port.");
        assertThat(second.isRunning()).isFalse();
    }

    @Test
    void stopsWithinThreeSecondsWithADeviceConnected() throws MqttException {
        try (var device = new Device("hr-alice", "hr-alice", alice)) {
            long start = System.nanoTime();
            broker.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            await().until(() -> !device.client.isConnected());
            broker = started(0);
        }
    }

    private EmbeddedBroker started(int port) {
        var starting = new EmbeddedBroker(
                new BrokerPlace(directory.resolve("broker"), "127.0.0.1", port), devices.credentials(), BRIDGE);
        starting.start();
        return starting;
    }

    /** What a bridge that comes now is given. */
    private List<String> queued() throws MqttException {
        try (var bridge = new Device("bridge-1", TestBridge.login(BRIDGE))) {
            await().until(() -> broker.waiting() == 0);
            return List.copyOf(bridge.received);
        }
    }

    private int refusal(String clientId, String user, String password) {
        return refusal(clientId, Device.login(user, password));
    }

    private int refusal(String clientId, MqttConnectionOptions login) {
        return catchThrowableOfType(MqttException.class, () -> new Device(clientId, login).close())
                .getReasonCode();
    }

    private int refusalOfWill(String topic, boolean retain) {
        var will = new MqttMessage("offline".getBytes(UTF_8));
        will.setRetained(retain);
        var options = Device.login("hr-alice", alice);
        options.setWill(topic, will);
        return refusal("hr-alice", options);
    }

    private static MqttProperties expiringAfterSeconds(long seconds) {
        var properties = new MqttProperties();
        properties.setMessageExpiryInterval(seconds);
        return properties;
    }

    private static MqttMessage retained(String payload) {
        var message = new MqttMessage(payload.getBytes(UTF_8));
        message.setQos(1);
        message.setRetained(true);
        return message;
    }

    private MqttClient version3(String clientId) throws org.eclipse.paho.client.mqttv3.MqttException {
        return new MqttClient(
                "tcp://127.0.0.1:" + broker.port(),
                clientId,
                new org.eclipse.paho.client.mqttv3.persist.MemoryPersistence());
    }

    private static org.eclipse.paho.client.mqttv3.MqttConnectOptions version3Login(String user, String password) {
        var options = new org.eclipse.paho.client.mqttv3.MqttConnectOptions();
        options.setMqttVersion(org.eclipse.paho.client.mqttv3.MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        return options;
    }

    private int version3Refusal(String clientId, String user, String password)
            throws org.eclipse.paho.client.mqttv3.MqttException {
        try (var client = version3(clientId)) {
            return catchThrowableOfType(
                            org.eclipse.paho.client.mqttv3.MqttException.class,
                            () -> client.connect(version3Login(user, password)))
                    .getReasonCode();
        }
    }

    /** An MQTT 5 client, connected. */
    private final class Device implements AutoCloseable {

        final org.eclipse.paho.mqttv5.client.MqttClient client;
        final List<String> received = new CopyOnWriteArrayList<>();

        Device(String clientId, String user, String password) throws MqttException {
            this(clientId, login(user, password));
        }

        Device(String clientId, MqttConnectionOptions options) throws MqttException {
            MqttClientPersistence persistence = new MemoryPersistence();
            client = new org.eclipse.paho.mqttv5.client.MqttClient(
                    "tcp://127.0.0.1:" + broker.port(), clientId, persistence);
            client.setTimeToWait(5_000);
            client.setCallback(new RecordingCallback(received));
            if (clientId.startsWith("bridge")) {
                TestBridge.subscribe(client, options);
            } else {
                client.connect(options);
            }
        }

        static MqttConnectionOptions login(String user, String password) {
            var options = new MqttConnectionOptions();
            options.setUserName(user);
            options.setPassword(password.getBytes(UTF_8));
            options.setAutomaticReconnect(false);
            options.setConnectionTimeout(5);
            return options;
        }

        void publish(String topic, String payload) throws MqttException {
            var token = client.getTopic(topic).publish(payload.getBytes(UTF_8), 1, false);
            token.waitForCompletion(5_000);
            if (token.getReasonCodes() != null && token.getReasonCodes()[0] >= 0x80) {
                throw new MqttException(token.getReasonCodes()[0]);
            }
        }

        int subscribe(String filter) throws MqttException {
            return client.subscribe(new MqttSubscription[] {new MqttSubscription(filter, 1)})
                    .getReasonCodes()[0];
        }

        @Override
        public void close() throws MqttException {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close(true);
        }
    }
}
