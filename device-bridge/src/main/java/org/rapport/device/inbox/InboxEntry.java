package org.rapport.device.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rapport.mapping.Mapped;

/**
 * A message on its way into the inbox: the arrival, what it means, and the key by which it is known again.
 *
 * <p>The key of a reading is {@code device|type|UTC milliseconds}: the same reading with the same bytes is a repetition,
 * with other bytes an amendment. What is no reading has the digest of its payload in place of the time.
 *
 * @param arrival what came
 * @param mapped what it means
 * @param digest SHA-256 of the payload, in hexadecimal
 */
record InboxEntry(Arrival arrival, Mapped mapped, String digest) {

    static InboxEntry of(Arrival arrival, Mapped mapped) {
        return new InboxEntry(arrival, mapped, HexFormat.of().formatHex(sha256(arrival.payload())));
    }

    String key() {
        var topic = arrival.topic();
        var rest = mapped instanceof Mapped.Understood understood
                ? String.valueOf(understood.reading().at().toEpochMilli())
                : "sha256:" + digest;
        return topic.deviceId() + "|" + topic.type() + "|" + rest;
    }

    /** What the device calls it, or else the key. */
    String messageId() {
        return arrival.messageId().orElseGet(this::key);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
