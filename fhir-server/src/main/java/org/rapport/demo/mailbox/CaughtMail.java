package org.rapport.demo.mailbox;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mail as one recipient would get it.
 *
 * @param to the recipient it was delivered to
 * @param from the sender's address
 * @param text the plain text; empty when there is none
 * @param html the HTML body; null when there is none
 * @param headers by name as written; values of a repeated header one per line
 */
record CaughtMail(
        String to,
        String from,
        String subject,
        String text,
        @Nullable String html,
        Map<String, String> headers,
        List<Attachment> attachments,
        Instant receivedAt) {

    CaughtMail {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        attachments = List.copyOf(attachments);
    }

    /**
     * A file in a mail.
     *
     * @param size in bytes
     * @param content the bytes, base64
     */
    record Attachment(String name, String contentType, int size, String content) {}
}
