package org.rapport.mail.spring;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import org.rapport.mail.Mail;
import org.rapport.mail.MailTransport;
import org.rapport.mail.MessageId;
import org.rapport.outbox.Sender.Outcome;
import org.rapport.work.Causes;
import org.springframework.mail.MailException;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/**
 * Sends by SMTP.
 *
 * @param server the mail server
 * @param from sender's address
 */
record SmtpTransport(JavaMailSenderImpl server, String from) implements MailTransport {

    /** When only the end of the connection failed, the server has the mail. */
    @Override
    public Outcome send(String key, Mail mail) {
        try {
            server.send(message(key, mail));
            return new Outcome.Sent();
        } catch (MailParseException | MessagingException e) {
            return new Outcome.Refused("The address or the text cannot be sent (" + Causes.of(e) + ")");
        } catch (MailSendException e) {
            return e.getFailedMessages().isEmpty() ? new Outcome.Sent() : new Outcome.Failed(Causes.of(e));
        } catch (MailException e) {
            return new Outcome.Failed(Causes.of(e));
        }
    }

    private MimeMessage message(String key, Mail mail) throws MessagingException {
        var message = new MessageWithId(server.getSession(), MessageId.of(key, from.substring(from.indexOf('@') + 1)));
        var helper = new MimeMessageHelper(message, "UTF-8");
        helper.setFrom(from);
        helper.setTo(mail.to());
        helper.setSubject(mail.subject());
        helper.setText(mail.text());
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    /** Keeps the Message-ID that was set: the library would make a new one when it saves the message. */
    private static final class MessageWithId extends MimeMessage {

        private final String id;

        MessageWithId(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
