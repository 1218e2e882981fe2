package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;

/** A connected MQTT 5 client that notes what it receives. */
final class TestClient implements AutoCloseable {

    private final MqttClient client;
    private final List<String> received = new CopyOnWriteArrayList<>();

    TestClient(int port, String clientId, MqttConnectionOptions login) throws MqttException {
        client = new MqttClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        client.setTimeToWait(5_000);
        client.setCallback(new RecordingCallback(received));
        if (clientId.startsWith("bridge")) {
            TestBridge.subscribe(client, login);
        } else {
            client.connect(login);
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

    static MqttMessage retained(String payload) {
        var message = new MqttMessage(payload.getBytes(UTF_8));
        message.setQos(1);
        message.setRetained(true);
        return message;
    }

    MqttClient client() {
        return client;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /** Each message as topic, space, payload. */
    List<String> received() {
        return received;
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
