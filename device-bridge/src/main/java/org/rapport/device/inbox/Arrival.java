package org.rapport.device.inbox;

import java.util.Optional;
import org.rapport.device.ReadingTopic;

/** A message of a device, as the broker handed it over. */
public final class Arrival {

    private static final int LONGEST_ID = 200;

    private final ReadingTopic topic;
    private final byte[] payload;
    private final Optional<String> messageId;

    /**
     * @param topic where it was published
     * @param payload as it came
     * @param messageId what the device calls it; one of more than 200 characters is left out of account
     */
    public Arrival(ReadingTopic topic, byte[] payload, Optional<String> messageId) {
        this.topic = topic;
        this.payload = payload.clone();
        this.messageId = messageId.filter(id -> !id.isEmpty() && id.length() <= LONGEST_ID);
    }

    ReadingTopic topic() {
        return topic;
    }

    /** Not to be changed. */
    byte[] payload() {
        return payload;
    }

    Optional<String> messageId() {
        return messageId;
    }
}
