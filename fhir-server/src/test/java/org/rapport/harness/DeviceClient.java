package org.rapport.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A device of the demo world, connected to a server's broker, that hears its receipts and errors. */
public final class DeviceClient implements AutoCloseable, MqttCallback {

    private final String id;
    private final MqttClient client;
    private final List<JsonNode> receipts = new CopyOnWriteArrayList<>();
    private final List<JsonNode> errors = new CopyOnWriteArrayList<>();

    private DeviceClient(String id, MqttClient client) {
        this.id = id;
        this.client = client;
    }

    /** Connects as the device of that id. */
    public static DeviceClient connect(Server server, String deviceId) {
        return connect(server, server, deviceId);
    }

    /** The same, by the credentials that the server wrote down which made the demo world. */
    public static DeviceClient connect(Server server, Server maker, String deviceId) {
        var device = StreamSupport.stream(
                        DemoCredentials.of(Path.of(maker.plan().property("rapport.data-dir")))
                                .json()
                                .path("devices")
                                .spliterator(),
                        false)
                .filter(candidate -> candidate.path("deviceId").asText().equals(deviceId))
                .findFirst()
                .orElseThrow();
        return connect(server, device);
    }

    /** Connects by a credential as a server has issued it, whose user name is the device's id. */
    public static DeviceClient connect(Server server, JsonNode credential) {
        var username = credential.path("username").asText();
        return connect(
                "tcp://127.0.0.1:" + server.plan().property("rapport.mqtt.port"),
                username,
                username,
                credential.path("password").asText());
    }

    /** The same at a broker that runs elsewhere and lets its one user do everything. */
    public static DeviceClient connect(OutsideBroker broker, String deviceId) {
        return connect(broker.url(), deviceId, OutsideBroker.USERNAME, OutsideBroker.PASSWORD);
    }

    private static DeviceClient connect(String url, String deviceId, String username, String password) {
        try {
            var connected = new DeviceClient(deviceId, new MqttClient(url, deviceId, new MemoryPersistence()));
            connected.open(username, password);
            return connected;
        } catch (MqttException e) {
            throw new ServerUnreachable(e);
        }
    }

    private void open(String username, String password) throws MqttException {
        var options = new MqttConnectionOptions();
        options.setUserName(username);
        options.setPassword(password.getBytes(UTF_8));
        client.setCallback(this);
        client.setTimeToWait(10_000);
        client.connect(options);
        client.subscribe(new MqttSubscription[] {
            new MqttSubscription("device/" + id + "/ack", 1), new MqttSubscription("device/" + id + "/errors", 1)
        });
    }

    /** Publishes with QoS 1 and waits for the broker to have it. */
    public void publish(String type, String json) {
        try {
            client.publish("device/" + id + "/" + type, json.getBytes(UTF_8), 1, false);
        } catch (MqttException e) {
            throw new ServerUnreachable(e);
        }
    }

    /** What came on {@code ack}. */
    public List<JsonNode> receipts() {
        return receipts;
    }

    /** What came on {@code errors}. */
    public List<JsonNode> errors() {
        return errors;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        var json = FhirSession.parsed(new String(message.getPayload(), UTF_8));
        (topic.endsWith("/ack") ? receipts : errors).add(json);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}

    /** Closes without a word to the broker, which may be gone. */
    public void abandon() {
        try {
            client.disconnectForcibly(0, 0, false);
            client.close(true);
        } catch (MqttException e) {
            // gone is what it was to be
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect();
            }
            client.close(true);
        } catch (MqttException e) {
            throw new ServerUnreachable(e);
        }
    }
}
