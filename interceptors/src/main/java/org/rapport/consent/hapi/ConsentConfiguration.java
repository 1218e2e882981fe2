package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Set;
import org.rapport.access.Consents;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.access.hapi.StoredResources;
import org.rapport.anomaly.Findings;
import org.rapport.consent.ConsentSettings;
import org.rapport.consent.Use.House;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.consent.fhir.ResourceReader;
import org.rapport.consent.hapi.ConsentsOnFile.Ground;
import org.rapport.kept.Sources;
import org.rapport.kept.WatchedChanges;
import org.rapport.labelling.Labelling;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.StoredSearch;
import org.rapport.relation.hapi.Visits;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Lets the access decision ask the consents that are stored. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsentSettings.class)
class ConsentConfiguration {

    /** What consents and memberships depend on; what a consent refers to besides is watched from when it is read. */
    private static final Set<String> WATCHED =
            Set.of("Consent", "Patient", "PractitionerRole", "Organization", "CareTeam", "Group");

    @Bean
    KeptConsents keptConsents(DaoRegistry daos, WatchedChanges changes, PublicOrigin origin, Clock clock) {
        var sources = new Sources(changes, WATCHED);
        var search = new StoredSearch.In(daos);
        var stored = StoredResources.within(daos);
        var references = new LocalReferences(origin.fhirBase());
        return new KeptConsents(
                new StoredConsents(search, stored, references, sources::add),
                new StoredMemberships(search, stored, references, new InForce(clock)),
                changes,
                sources,
                System::nanoTime,
                TransactionSynchronizationManager::isActualTransactionActive);
    }

    /** Dates in consents begin and end with the days of this machine, as all dates do. */
    @Bean
    @DependsOnDatabaseInitialization
    Ground consentGround(
            KeptConsents kept,
            PublicOrigin origin,
            Labelling labelling,
            ConsentSettings settings,
            JdbcClient database) {
        var labelledSince = database.sql("select since from labelled_since")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        var house = new House(settings.policy(), ZoneId.systemDefault());
        return new Ground(
                kept,
                new ResourceReader(new LocalReferences(origin.fhirBase()), labelledSince),
                labelling,
                house,
                settings.withheld());
    }

    @Bean
    Consents consents(Ground ground, Clock clock) {
        return new ConsentsOnFile(ground, clock);
    }

    @Bean
    UnclearConsents unclearConsents(KeptConsents kept, Findings findings, Clock clock) {
        return new UnclearConsents(kept, findings, clock);
    }

    @Bean
    StoredRecord consentedRecord(
            DaoRegistry daos, RecordOwners owners, PublicOrigin origin, Visits visits, Clock clock) {
        return new StoredRecord(
                new StoredSearch.In(daos), owners, new LocalReferences(origin.fhirBase()), new InForce(clock), visits);
    }

    @Bean
    PreviewProvider consentPreviewProvider(Ground ground, StoredRecord record, OperationAccess access, Clock clock) {
        return new PreviewProvider(ground, record, access, clock);
    }
}
