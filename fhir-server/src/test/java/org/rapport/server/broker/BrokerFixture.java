package org.rapport.server.broker;

import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.device.BridgeLogin;
import org.rapport.device.DeviceCredentials;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A broker with the device {@code hr-alice}, whose secret changes with each test, and an empty queue. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerFixture {

    static final BridgeLogin BRIDGE = new BridgeLogin(BridgeLogin.EMBEDDED_USERNAME, "bridge-secret");

    @TempDir
    static Path directory;

    private TestDevices devices;
    private EmbeddedBroker broker;
    private String secret;

    @BeforeAll
    void startBroker() throws IOException {
        devices = new TestDevices();
        broker = started();
    }

    @AfterAll
    void stopBroker() throws IOException {
        broker.stop();
        devices.close();
    }

    @BeforeEach
    void issueCredential() {
        secret = credentials().issue("hr-alice");
    }

    @AfterEach
    void emptyQueue() throws MqttException {
        credentials().revoke("hr-alice");
        if (broker.waiting() > 0) {
            queued();
        }
    }

    EmbeddedBroker broker() {
        return broker;
    }

    DeviceCredentials credentials() {
        return devices.credentials();
    }

    DataSource database() {
        return new DriverManagerDataSource(devices.url());
    }

    String secret() {
        return secret;
    }

    void restart() {
        broker.stop();
        broker = started();
    }

    private EmbeddedBroker started() {
        var starting =
                new EmbeddedBroker(new BrokerPlace(directory.resolve("broker"), "127.0.0.1", 0), credentials(), BRIDGE);
        starting.start();
        return starting;
    }

    TestClient device() throws MqttException {
        return device("hr-alice");
    }

    TestClient device(String clientId) throws MqttException {
        return client(clientId, TestClient.login("hr-alice", secret));
    }

    TestClient bridge(String clientId) throws MqttException {
        return client(clientId, TestBridge.login(BRIDGE));
    }

    TestClient client(String clientId, MqttConnectionOptions login) throws MqttException {
        return new TestClient(broker.port(), clientId, login);
    }

    /** What a bridge that comes now is given. */
    List<String> queued() throws MqttException {
        try (var bridge = bridge("bridge-1")) {
            await().until(() -> broker.waiting() == 0);
            return List.copyOf(bridge.received());
        }
    }

    int refusal(String clientId, String user, String password) {
        return refusal(clientId, TestClient.login(user, password));
    }

    int refusal(String clientId, MqttConnectionOptions login) {
        return catchThrowableOfType(
                        MqttException.class, () -> client(clientId, login).close())
                .getReasonCode();
    }
}
