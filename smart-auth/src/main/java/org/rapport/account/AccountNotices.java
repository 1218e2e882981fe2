package org.rapport.account;

/** Tells people by mail what happened to their account. */
public interface AccountNotices {

    /**
     * Puts a mail to the account's verified address into the outbox, in the transaction that runs or else in one of its own;
     * does nothing when the account has no such address.
     *
     * @param notice names the messages {@code mail.<notice>.subject} and {@code mail.<notice>.text}, such as
     *     {@code factor-added}
     * @throws IllegalArgumentException when there are no such messages
     */
    void tell(String username, String notice);
}
