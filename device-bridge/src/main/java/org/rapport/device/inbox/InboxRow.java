package org.rapport.device.inbox;

import java.math.BigInteger;
import java.time.Instant;
import org.rapport.device.ReadingTopic;

/** A message in the inbox that waits to be stored as an Observation. */
public final class InboxRow {

    private static final int BASE_32 = 32;

    private final long id;
    private final String key;
    private final ReadingTopic topic;
    private final Content content;

    InboxRow(long id, String key, ReadingTopic topic, Content content) {
        this.id = id;
        this.key = key;
        this.topic = topic;
        this.content = content;
    }

    /** What came, when, and how often it was tried. */
    @SuppressWarnings("ArrayRecordComponent") // stays inside
    record Content(byte[] payload, Instant received, int attempts) {}

    long id() {
        return id;
    }

    int attempts() {
        return content.attempts();
    }

    /** The reading's own identifier, the same each time it is sent. */
    public String key() {
        return key;
    }

    /** The device that published it. */
    public String deviceId() {
        return topic.deviceId();
    }

    /** What it published, such as heart-rate. */
    public String type() {
        return topic.type();
    }

    /** As it came; not to be changed. */
    public byte[] payload() {
        return content.payload();
    }

    /** When it was stored, by the database's clock. */
    public Instant received() {
        return content.received();
    }

    /** The id of its Observation: made of the key, so that one reading can never become two. */
    public String observationId() {
        return "r" + new BigInteger(1, InboxEntry.sha256(key)).toString(BASE_32);
    }
}
