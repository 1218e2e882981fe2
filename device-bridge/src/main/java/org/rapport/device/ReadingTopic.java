package org.rapport.device;

import java.util.Optional;

/**
 * Where a device publishes: {@code device/{id}/{type}} or {@code device/{id}/waveform/{type}}.
 *
 * @param deviceId the device
 * @param type the level after it, such as heart-rate, batch, waveform or status
 */
public record ReadingTopic(String deviceId, String type) {

    private static final String STATUS = "status";

    /** Takes a topic name apart; empty for one that is no device's to publish on. */
    public static Optional<ReadingTopic> parse(String topicName) {
        var levels = topicName.split("/", -1);
        return levels.length > 2 && DeviceTopics.mayPublish(levels[1], topicName)
                ? Optional.of(new ReadingTopic(levels[1], levels[2]))
                : Optional.empty();
    }

    /** Whether it tells of the device itself, online or offline, and holds no reading. */
    public boolean isStatus() {
        return type.equals(STATUS);
    }
}
