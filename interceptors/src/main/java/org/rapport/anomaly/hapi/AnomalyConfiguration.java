package org.rapport.anomaly.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.Relations;
import org.rapport.access.hapi.StoredResources;
import org.rapport.anomaly.AnomalySettings;
import org.rapport.anomaly.AnomalyWatch;
import org.rapport.anomaly.Findings;
import org.rapport.anomaly.PrivacyOfficers;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Has the audit log watched for as long as the server runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AnomalySettings.class)
class AnomalyConfiguration {

    @Bean
    Findings anomalyFindings(
            DataSource database, DaoRegistry daos, PrivacyOfficers officers, PublicOrigin origin, Clock clock) {
        return new Findings(JdbcClient.create(database), new FlagStore(daos, clock), officers, origin.fhirBase());
    }

    @Bean
    AnomalyWatch.Sources anomalySources(
            AnomalySettings settings, DataSource database, Relations relations, DaoRegistry daos) {
        var people = new StoredPeople(relations, StoredResources.within(daos));
        return new AnomalyWatch.Sources(settings.limits(), JdbcClient.create(database), people);
    }

    @Bean
    AnomalyWatch anomalyWatch(
            AnomalyWatch.Sources sources, Findings findings, TransactionOperations transaction, Clock clock) {
        return new AnomalyWatch(sources, findings, transaction, clock);
    }
}
