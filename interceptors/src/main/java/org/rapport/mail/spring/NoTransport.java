package org.rapport.mail.spring;

import org.rapport.mail.Mail;
import org.rapport.mail.MailTransport;
import org.rapport.outbox.Sender;

/** Stands where no mail server is named: mails wait. */
record NoTransport() implements MailTransport {

    @Override
    public Sender.Outcome send(String key, Mail mail) {
        return new Sender.Outcome.Failed("No mail server is set; name one with rapport.mail.host");
    }
}
