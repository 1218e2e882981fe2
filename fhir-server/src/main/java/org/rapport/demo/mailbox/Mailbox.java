package org.rapport.demo.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The latest caught mails, in memory. */
final class Mailbox {

    static final int CAPACITY = 500;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long lastNumber;

    /**
     * A mail and the number by which the page asks for it.
     *
     * @param number counts up with each mail since the start
     */
    record Entry(long number, CaughtMail mail) {}

    synchronized void add(CaughtMail mail) {
        entries.addFirst(new Entry(++lastNumber, mail));
        if (entries.size() > CAPACITY) {
            entries.removeLast();
        }
    }

    /** All mails, or those to one recipient if the text is not empty; newest first. */
    synchronized List<Entry> to(String recipient) {
        return entries.stream()
                .filter(entry -> recipient.isEmpty() || entry.mail().to().equalsIgnoreCase(recipient))
                .toList();
    }

    synchronized Optional<Entry> numbered(long number) {
        return entries.stream().filter(entry -> entry.number() == number).findFirst();
    }
}
