package org.rapport.demo.mailbox;

import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rapport.demo.mailbox.CaughtMail.Attachment;

/** Takes a MIME message apart: the first plain text, the first HTML, the rest as attachments. */
final class MailReader {

    private static final int DEEPEST = 10;

    private final List<Attachment> attachments = new ArrayList<>();
    private @Nullable String text;
    private @Nullable String html;

    private MailReader() {}

    static CaughtMail read(MimeMessage message, String to, String from, Instant receivedAt)
            throws MessagingException, IOException {
        var reader = new MailReader();
        reader.take(message, 0);
        return new CaughtMail(
                to,
                from,
                Objects.requireNonNullElse(message.getSubject(), ""),
                Objects.requireNonNullElse(reader.text, ""),
                reader.html,
                headers(message),
                reader.attachments,
                receivedAt);
    }

    private void take(Part part, int depth) throws MessagingException, IOException {
        var content = part.getContent();
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
        if (content instanceof Multipart parts && depth < DEEPEST) {
            for (int i = 0; i < parts.getCount(); i++) {
                take(parts.getBodyPart(i), depth + 1);
            }
        } else if (!attached && text == null && content instanceof String body && part.isMimeType("text/plain")) {
            text = body;
        } else if (!attached && html == null && content instanceof String body && part.isMimeType("text/html")) {
            html = body;
        } else {
            attachments.add(attachment(part));
        }
    }

    private static Attachment attachment(Part part) throws MessagingException, IOException {
        try (var in = part.getInputStream()) {
            var bytes = in.readAllBytes();
            return new Attachment(
                    MimeUtility.decodeText(Objects.requireNonNullElse(part.getFileName(), "")),
                    part.getContentType(),
                    bytes.length,
                    Base64.getEncoder().encodeToString(bytes));
        }
    }

    private static Map<String, String> headers(MimeMessage message) throws MessagingException {
        var headers = new LinkedHashMap<String, String>();
        for (Header header : Collections.list(message.getAllHeaders())) {
            headers.merge(header.getName(), header.getValue(), (first, next) -> first + "\n" + next);
        }
        return headers;
    }
}
