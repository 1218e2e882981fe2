package org.rapport.smart;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.rapport.mail.Mail;
import org.rapport.mail.MailTransport;
import org.rapport.outbox.Sender;

/** Takes the mails of all test servers, whichever instance sends them. */
public final class TestMails implements MailTransport {

    private static final Pattern LINK = Pattern.compile("http://\\S+/[A-Za-z0-9_-]{22,}");
    private static final Queue<Mail> CAUGHT = new ConcurrentLinkedQueue<>();

    @Override
    public Sender.Outcome send(String key, Mail mail) {
        CAUGHT.add(mail);
        return new Sender.Outcome.Sent();
    }

    /** What has come to an address until now, oldest first. */
    public static List<Mail> to(String address) {
        return CAUGHT.stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /** Waits for a mail whose subject holds this; longer than an instance that was closed meanwhile holds its lease. */
    public static Mail await(String address, String subject) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(45))
                .until(
                        () -> to(address).stream()
                                .filter(mail -> mail.subject().contains(subject))
                                .reduce((first, last) -> last),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The link with a token in a mail. */
    public static String link(Mail mail) {
        var link = LINK.matcher(mail.text());
        if (!link.find()) {
            throw new IllegalStateException("No link in " + mail.text());
        }
        return link.group();
    }
}
