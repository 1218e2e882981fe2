package org.rapport.device.mqtt;

import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.rapport.device.ReadingTopic;
import org.rapport.device.inbox.Arrival;

/**
 * A message of one connection; its packet identifier means nothing on any other.
 *
 * @param arrival empty for what is no reading: the status of a device, or the bridge's own answers at a broker that sends
 *     them back
 * @param packet packet identifier
 * @param qos 1 when it has to be acknowledged
 */
record Received(Optional<Arrival> arrival, int packet, int qos) {

    private static final String MESSAGE_ID = "msg-id";

    static Received of(String topic, MqttMessage message) {
        var arrival = ReadingTopic.parse(topic)
                .filter(parsed -> !parsed.isStatus())
                .map(parsed -> new Arrival(parsed, message.getPayload(), messageId(message)));
        return new Received(arrival, message.getId(), message.getQos());
    }

    private static Optional<String> messageId(MqttMessage message) {
        var properties = message.getProperties();
        return properties == null
                ? Optional.empty()
                : properties.getUserProperties().stream()
                        .filter(property -> property.getKey().equals(MESSAGE_ID))
                        .map(UserProperty::getValue)
                        .findFirst();
    }
}
