package org.rapport.device.hapi;

import org.rapport.access.OwnDevices;
import org.rapport.alert.hapi.CriticalAlerts;
import org.rapport.alert.hapi.FhirStore;
import org.rapport.changes.ChangeFeeds;
import org.rapport.device.DeviceCredentials;
import org.rapport.device.inbox.DeviceAnswers;
import org.rapport.device.inbox.DeviceInbox;
import org.rapport.device.inbox.Projector;
import org.rapport.mapping.PlainPayload;
import org.rapport.work.WakeUp;
import org.rapport.work.Work;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The work in the background that makes Observations of what devices send, and what patients see of their devices. */
@Configuration(proxyBeanMethods = false)
class ReadingConfiguration {

    @Bean
    Work deviceProjector(
            DeviceInbox inbox,
            PlainPayload mapping,
            FhirStore store,
            CriticalAlerts alerts,
            DeviceAnswers answers,
            TransactionOperations transaction,
            WakeUp wakeUp) {
        return new Projector(inbox, new ObservationProjection(mapping, store, alerts), answers, transaction, wakeUp);
    }

    @Bean
    OwnDevices ownDevices(FhirStore store, DeviceCredentials credentials) {
        return new PatientDevices(store, credentials);
    }

    @Bean
    Work unmatchedReadings(ChangeFeeds feeds, DeviceInbox inbox, FhirStore store, WakeUp wakeUp) {
        return feeds.work("unmatched-readings", new UnmatchedReadings(inbox, store, wakeUp));
    }
}
