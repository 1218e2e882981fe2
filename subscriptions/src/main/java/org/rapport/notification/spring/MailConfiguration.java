package org.rapport.notification.spring;

import java.time.Duration;
import java.util.List;
import org.rapport.mail.MailTransport;
import org.rapport.notification.Composer;
import org.rapport.notification.hapi.Communications;
import org.rapport.notification.hapi.Messages;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.Sending;
import org.rapport.work.Work;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Sends what is in the outbox for mail. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    private static final Sending.Plan TWO_AT_A_TIME = new Sending.Plan(2, Duration.ofSeconds(30));

    @Bean
    Work mailWork(Outbox mailOutbox, MailSending mailSending, TransactionOperations transaction) {
        return new Sending(mailOutbox, mailSending, transaction, TWO_AT_A_TIME);
    }

    @Bean
    MailSending mailSending(
            List<Composer> composers, Communications communications, Messages messages, MailTransport transport) {
        return new MailSending(composers, communications, messages, transport);
    }
}
