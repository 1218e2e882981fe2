package org.rapport.notification.spring;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Optional;
import org.rapport.notification.Composer;
import org.rapport.notification.Composer.Composed;
import org.rapport.notification.Mail;
import org.rapport.notification.MessageId;
import org.rapport.notification.hapi.Communications;
import org.rapport.notification.hapi.Messages;
import org.rapport.outbox.OutboxItem;
import org.rapport.outbox.Sender;
import org.rapport.work.Causes;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Hands messages to the mail server, each written at the moment it goes out. */
final class MailSending implements Sender {

    private final List<Composer> composers;
    private final Communications communications;
    private final Messages messages;
    private final Optional<MailRoute> route;

    MailSending(List<Composer> composers, Communications communications, Messages messages, Optional<MailRoute> route) {
        this.composers = List.copyOf(composers);
        this.communications = communications;
        this.messages = messages;
        this.route = route;
    }

    /**
     * The way out.
     *
     * @param server the mail server
     * @param from sender's address
     */
    record MailRoute(JavaMailSenderImpl server, String from) {

        String domain() {
            return from.substring(from.indexOf('@') + 1);
        }
    }

    @Override
    public Outcome send(OutboxItem item) {
        if (route.isEmpty()) {
            return new Outcome.Failed("No mail server is set; name one with rapport.mail.host");
        }
        var category = communications.category(item.payload());
        return composers.stream()
                .filter(composer -> category.equals(Optional.of(composer.category())))
                .findFirst()
                .map(composer -> send(item, composer.compose(item.payload())))
                .orElseGet(() -> new Outcome.Refused("Nobody writes messages of this category"));
    }

    private Outcome send(OutboxItem item, Composed composed) {
        if (composed instanceof Composed.Withdrawn withdrawn) {
            return new Outcome.Refused(withdrawn.why());
        }
        return handOver(item, ((Composed.Ready) composed).mail(), route.orElseThrow());
    }

    /** When only the end of the connection failed, the server has the mail. */
    private static Outcome handOver(OutboxItem item, Mail mail, MailRoute way) {
        try {
            way.server().send(message(item, mail, way));
            return new Outcome.Sent();
        } catch (MailParseException | MessagingException e) {
            return new Outcome.Refused("The address or the text cannot be sent (" + Causes.of(e) + ")");
        } catch (MailSendException e) {
            return e.getFailedMessages().isEmpty() ? new Outcome.Sent() : new Outcome.Failed(Causes.of(e));
        } catch (MailException e) {
            return new Outcome.Failed(Causes.of(e));
        }
    }

    private static MimeMessage message(OutboxItem item, Mail mail, MailRoute way) throws MessagingException {
        var message = new MessageWithId(way.server().getSession(), MessageId.of(item.key(), way.domain()));
        var helper = new MimeMessageHelper(message, "UTF-8");
        helper.setFrom(way.from());
        helper.setTo(mail.to());
        helper.setSubject(mail.subject());
        helper.setText(mail.text());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** Keeps the Message-ID that was set: the library would make a new one when it saves the message. */
    private static final class MessageWithId extends MimeMessage {

        private final String id;

        MessageWithId(jakarta.mail.Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    @Override
    public void recorded(OutboxItem item, Outcome outcome) {
        if (outcome instanceof Outcome.Sent) {
            messages.sent(item.payload());
        } else if (outcome instanceof Outcome.Refused refused) {
            messages.notSent(item.payload(), refused.why());
        }
    }
}
