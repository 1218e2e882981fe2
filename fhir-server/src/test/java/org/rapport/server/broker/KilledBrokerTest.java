package org.rapport.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.device.BridgeLogin;

class KilledBrokerTest {

    private final Path directory;
    private final Path portFile;

    KilledBrokerTest(@TempDir Path directory) {
        this.directory = directory;
        this.portFile = directory.resolve("port");
    }

    @Test
    void hasEveryReadingItAcknowledged() throws IOException, InterruptedException, MqttException {
        try (var devices = new TestDevices()) {
            var process = start(devices.url());
            var acknowledged = new CopyOnWriteArrayList<String>();
            try {
                var device = connect(port(), devices.credentials().issue("hr-alice"));
                var publishing = new Thread(() -> publishUntilItFails(device, acknowledged));
                publishing.start();
                await().until(() -> acknowledged.size() > 100);
                process.destroyForcibly().waitFor();
                publishing.join();
                device.close(true);
            } finally {
                process.destroyForcibly();
            }
            assertThat(readings(devices)).containsAll(acknowledged);
        }
    }

    private Process start(String jdbcUrl) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.resolve("broker").toString(),
                        jdbcUrl,
                        portFile.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private int port() throws IOException {
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(portFile));
        return Integer.parseInt(Files.readString(portFile));
    }

    private static MqttClient connect(int port, String secret) throws MqttException {
        var client = new MqttClient("tcp://127.0.0.1:" + port, "hr-alice", new MemoryPersistence());
        client.setTimeToWait(5_000);
        var login = new MqttConnectionOptions();
        login.setUserName("hr-alice");
        login.setPassword(secret.getBytes(UTF_8));
        client.connect(login);
        return client;
    }

    private static void publishUntilItFails(MqttClient device, List<String> acknowledged) {
        try {
            for (int i = 0; ; i++) {
                var payload = "{\"value\":" + i + "}";
                device.publish("device/hr-alice/heart-rate", payload.getBytes(UTF_8), 1, false);
                acknowledged.add("device/hr-alice/heart-rate " + payload);
            }
        } catch (MqttException killed) {
            // what came before counts
        }
    }

    private List<String> readings(TestDevices devices) throws MqttException {
        var bridge = new BridgeLogin(BridgeLogin.EMBEDDED_USERNAME, "secret");
        var broker = new EmbeddedBroker(
                new BrokerPlace(directory.resolve("broker"), "127.0.0.1", 0), devices.credentials(), bridge);
        broker.start();
        try {
            var received = new CopyOnWriteArrayList<String>();
            var client = new MqttClient("tcp://127.0.0.1:" + broker.port(), "bridge-1", new MemoryPersistence());
            client.setCallback(new RecordingCallback(received));
            TestBridge.subscribe(client, TestBridge.login(bridge));
            await().until(() -> broker.waiting() == 0);
            client.disconnect();
            client.close();
            return received;
        } finally {
            broker.stop();
        }
    }
}
