package org.rapport.notification.spring;

import java.util.List;
import java.util.Optional;
import org.rapport.mail.MailTransport;
import org.rapport.notification.Composer;
import org.rapport.notification.Composer.Composed;
import org.rapport.notification.hapi.Communications;
import org.rapport.notification.hapi.Messages;
import org.rapport.outbox.OutboxItem;
import org.rapport.outbox.Sender;

/** Hands messages to the mail server, each written at the moment it goes out. */
final class MailSending implements Sender {

    private final List<Composer> composers;
    private final Communications communications;
    private final Messages messages;
    private final MailTransport transport;

    MailSending(List<Composer> composers, Communications communications, Messages messages, MailTransport transport) {
        this.composers = List.copyOf(composers);
        this.communications = communications;
        this.messages = messages;
        this.transport = transport;
    }

    @Override
    public Outcome send(OutboxItem item) {
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
        return transport.send(item.key(), ((Composed.Ready) composed).mail());
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
