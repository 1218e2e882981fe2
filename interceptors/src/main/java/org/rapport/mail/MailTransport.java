package org.rapport.mail;

import org.rapport.outbox.Sender;

/** Hands mails to whoever delivers them. */
public interface MailTransport {

    /**
     * Sends one mail, outside of any transaction.
     *
     * @param key the message's own; a repetition has the same, and so the same Message-ID
     */
    Sender.Outcome send(String key, Mail mail);
}
