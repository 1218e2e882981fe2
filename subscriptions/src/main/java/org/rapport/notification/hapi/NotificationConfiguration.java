package org.rapport.notification.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.Addressees;
import org.rapport.access.hapi.StoredResources;
import org.rapport.changes.ChangeFeeds;
import org.rapport.notification.Composer;
import org.rapport.outbox.Outbox;
import org.rapport.outbox.RetryPlan;
import org.rapport.work.Work;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps messages and tells of alerts. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

    @Bean
    Outbox mailOutbox(Outbox.Tools tools) {
        return new Outbox("mail", RetryPlan.OUTSIDE, tools);
    }

    @Bean
    Messages messages(DaoRegistry daos, Outbox mailOutbox, Clock clock) {
        return new Messages(daos, mailOutbox, clock);
    }

    @Bean
    Communications communications(DaoRegistry daos) {
        return new Communications(StoredResources.within(daos));
    }

    @Bean
    Work alertMessages(ChangeFeeds feeds, DaoRegistry daos, Messages messages) {
        return feeds.work("alert-messages", new AlertMessages(StoredResources.within(daos), messages));
    }

    @Bean
    Composer alertComposer(
            Communications communications, DaoRegistry daos, Addressees addressees, PublicOrigin origin) {
        return new AlertComposer(communications, StoredResources.within(daos), addressees, origin);
    }
}
