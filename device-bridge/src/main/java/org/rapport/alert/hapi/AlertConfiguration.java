package org.rapport.alert.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.hapi.Addressees;
import org.rapport.alert.OpenAlerts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Joins the alert rules to the FHIR store. */
@Configuration(proxyBeanMethods = false)
class AlertConfiguration {

    @Bean
    FhirStore readingStore(DaoRegistry daos) {
        return new FhirStore(daos);
    }

    @Bean
    CriticalAlerts criticalAlerts(FhirStore store, Addressees addressees, DataSource database, Clock clock) {
        return new CriticalAlerts(
                store, new AlertOwners(store, addressees), new OpenAlerts(JdbcClient.create(database)), clock);
    }

    @Bean
    DefaultLimits defaultLimits(FhirStore store, DataSource database, TransactionOperations transaction) {
        return new DefaultLimits(store, JdbcClient.create(database), transaction);
    }
}
