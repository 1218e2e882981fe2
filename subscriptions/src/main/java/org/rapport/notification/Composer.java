package org.rapport.notification;

import org.rapport.mail.Mail;

/** Writes the mail for one kind of Communication at the moment it is sent, so that it is true then. */
public interface Composer {

    /** What comes of it. */
    sealed interface Composed {

        /**
         * It is to be sent.
         *
         * @param mail what goes out
         */
        record Ready(Mail mail) implements Composed {}

        /**
         * It is not to be sent any more, or cannot be.
         *
         * @param why without anything of a patient
         */
        record Withdrawn(String why) implements Composed {}
    }

    /** The code of Communication.category that it writes for, such as {@code reminder}. */
    String category();

    /**
     * Writes the mail.
     *
     * @param communication logical id
     */
    Composed compose(String communication);
}
