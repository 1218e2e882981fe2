package org.rapport.server.cli;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Publishes one message with QoS 1 and waits for the broker to say that it has it for good. */
public final class Publication {

    private static final int AT_LEAST_ONCE = 1;
    private static final int SECONDS = 10;
    private static final int SUCCESS = 0;
    private static final int LOWEST_REFUSAL = 0x80;

    private Publication() {}

    /**
     * Who publishes.
     *
     * @param clientId MQTT client id: the device id and a suffix, so that the device itself stays connected
     * @param username user name: the device id too
     * @param password the device's secret
     */
    public record Login(String clientId, String username, String password) {

        /** The login without the password. */
        @Override
        public String toString() {
            return "Login[" + clientId + "]";
        }
    }

    /**
     * What is published.
     *
     * @param topic topic name
     * @param payload text, sent as UTF-8
     */
    public record Message(String topic, String payload) {}

    /**
     * Sends the message.
     *
     * @return the sentence to print
     * @throws CommandFailure if the broker refuses or does not answer within 10 s
     */
    public static String send(String url, Login login, Message message) {
        var options = new MqttConnectionOptions();
        options.setUserName(login.username());
        options.setPassword(login.password().getBytes(StandardCharsets.UTF_8));
        options.setCleanStart(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout(SECONDS);
        try {
            int reason = publish(new MqttClient(url, login.clientId(), new MemoryPersistence()), options, message);
            if (reason >= LOWEST_REFUSAL) {
                throw new CommandFailure(
                        "The broker answered PUBACK 0x%02X: it did not take %s, which is not the device's to publish on."
                                .formatted(reason, message.topic()));
            }
            return "The broker has it: PUBACK 0x%02X for %s".formatted(reason, message.topic());
        } catch (MqttException e) {
            throw new CommandFailure(
                    "The broker at " + url + " did not take it (MQTT reason " + e.getReasonCode()
                            + "); is Rapport running, and is the topic the device's own?",
                    e);
        }
    }

    /** The reason code of the PUBACK. */
    private static int publish(MqttClient client, MqttConnectionOptions options, Message message) throws MqttException {
        try {
            client.setTimeToWait(SECONDS * 1000L);
            client.connect(options);
            var sent = client.getTopic(message.topic())
                    .publish(message.payload().getBytes(StandardCharsets.UTF_8), AT_LEAST_ONCE, false);
            sent.waitForCompletion(SECONDS * 1000L);
            int[] reasons = sent.getReasonCodes();
            client.disconnect();
            return reasons == null || reasons.length == 0 ? SUCCESS : reasons[0];
        } finally {
            client.close(true);
        }
    }
}
