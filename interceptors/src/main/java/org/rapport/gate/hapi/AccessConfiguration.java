package org.rapport.gate.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.time.Clock;
import java.time.ZoneId;
import javax.sql.DataSource;
import org.rapport.access.AccessSettings;
import org.rapport.access.AuthorRules;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.access.hapi.Addressees;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.ExportAccess;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.access.hapi.PermittingConsents;
import org.rapport.access.hapi.StoredResources;
import org.rapport.access.hapi.StoredVersions;
import org.rapport.access.hapi.VisibleReferences;
import org.rapport.chain.SecretSealing;
import org.rapport.condition.hapi.ConditionalCreates;
import org.rapport.document.hapi.StoredDocuments;
import org.rapport.kept.WatchedChanges;
import org.rapport.mask.hapi.MaskInterceptor;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.KeptRelations;
import org.rapport.relation.hapi.Majority;
import org.rapport.relation.hapi.StoredPatients;
import org.rapport.relation.hapi.StoredProxies;
import org.rapport.relation.hapi.StoredRelations;
import org.rapport.relation.hapi.StoredSearch;
import org.rapport.relation.hapi.Visits;
import org.rapport.search.hapi.InMemoryConstraints;
import org.rapport.search.hapi.LinkedSearch;
import org.rapport.search.hapi.PageMarks;
import org.rapport.search.hapi.PrivatePages;
import org.rapport.search.hapi.SearchLinks;
import org.rapport.search.hapi.StoredPages;
import org.rapport.search.hapi.StoredQuestions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Puts the access decision into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
class AccessConfiguration {

    private static final int LONGEST_QUERY_SECONDS = 2;
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('create ' || ?, 0))::text";

    @Bean
    RecordOwners recordOwners(PublicOrigin origin, DaoRegistry daos) {
        return new RecordOwners(origin, new StoredVersions.In(daos)::asOf);
    }

    @Bean
    WatchedChanges watchedChanges(DataSource database) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(LONGEST_QUERY_SECONDS);
        return new WatchedChanges(JdbcClient.create(template), System::nanoTime);
    }

    @Bean
    Visits visits(AccessSettings settings) {
        return new Visits(settings.beforeVisit(), settings.afterVisit());
    }

    @Bean
    Relations relations(
            DaoRegistry daos,
            RecordOwners owners,
            AccessSettings settings,
            Visits visits,
            WatchedChanges changes,
            Clock clock) {
        var stored = new StoredSearch.In(daos);
        var inForce = new InForce(clock);
        var majority = new Majority(settings.majority(), clock.withZone(ZoneId.systemDefault()));
        var treating = new KeptRelations(
                new StoredRelations(stored, owners, inForce, visits),
                changes,
                TransactionSynchronizationManager::isActualTransactionActive,
                clock,
                System::nanoTime);
        return new Relations(treating, new StoredProxies(stored, owners, inForce, majority));
    }

    @Bean
    PatientDirectory patientDirectory(Relations relations, DaoRegistry daos, Consents consents) {
        return new StoredPatients(relations, new StoredSearch.In(daos), consents);
    }

    @Bean
    ConstraintMatcher constraintMatcher(
            InMemoryResourceMatcher searches, SearchParamMatcher matcher, ISearchParamRegistry parameters) {
        return new InMemoryConstraints(searches, matcher, parameters);
    }

    @Bean
    CallerAccess.Source callerAccess(
            Relations relations,
            RecordOwners owners,
            ConstraintMatcher constraints,
            Consents consents,
            StoredDocuments documents,
            ConsentProvenanceRule provenances) {
        return new CallerAccess.Source(relations, owners, constraints, consents, documents, provenances);
    }

    @Bean
    ConsentProvenanceRule consentProvenanceRule(DaoRegistry daos, PublicOrigin origin) {
        return new ConsentProvenanceRule(origin, new StoredVersions.In(daos)::version);
    }

    @Bean
    StoredDocuments storedDocuments(DaoRegistry daos, PublicOrigin origin) {
        return new StoredDocuments.In(daos, origin);
    }

    @Bean
    LinkedSearch.Source linkedSearch(
            ISearchParamRegistry parameters,
            ISearchParamExtractor extractor,
            PublicOrigin origin,
            DaoRegistry daos,
            MatchUrlService urls) {
        var stored = new StoredQuestions.In(daos, urls, FhirContext.forR4Cached());
        return new LinkedSearch.Source(new SearchLinks(parameters, extractor, origin), stored);
    }

    @Bean
    PrivatePages privatePages(SecretSealing sealing, DaoRegistry daos, MatchUrlService urls) {
        return new PrivatePages(new PageMarks(sealing), new StoredPages.In(daos, urls, FhirContext.forR4Cached()));
    }

    @Bean
    ConditionalCreates conditionalCreates(LinkedSearch.Source linked, RecordOwners owners, JdbcClient database) {
        return new ConditionalCreates(
                linked,
                owners,
                text -> database.sql(LOCK).param(text).query(String.class).single());
    }

    @Bean
    AccessInterceptor accessInterceptor(
            CallerAccess.Source callers,
            DaoRegistry daos,
            LinkedSearch.Source linked,
            PrivatePages pages,
            ConditionalCreates conditions) {
        return new AccessInterceptor(callers, StoredResources.in(daos), linked, pages, conditions);
    }

    @Bean
    VisibleReferences visibleReferences(RecordOwners owners, PublicOrigin origin, DaoRegistry daos) {
        return new VisibleReferences(StoredResources.within(daos), owners, origin);
    }

    @Bean
    WriteInterceptor writeInterceptor(
            CallerAccess.Source callers,
            PublicOrigin origin,
            VisibleReferences references,
            ConditionalCreates conditions) {
        return new WriteInterceptor(callers, new AuthorRules(origin), references, conditions);
    }

    @Bean
    ConsentProvenanceInterceptor consentProvenanceInterceptor(
            CallerAccess.Source callers, ConsentProvenanceRule provenances) {
        return new ConsentProvenanceInterceptor(callers, provenances);
    }

    @Bean
    ExplainAccessProvider explainAccess(CallerAccess.Source callers, RecordOwners owners, DaoRegistry daos) {
        return new ExplainAccessProvider(callers, owners, StoredResources.in(daos));
    }

    @Bean
    OperationAccess operationAccess(CallerAccess.Source callers, VisibleReferences references) {
        return new OperationAccess(callers, references);
    }

    @Bean
    Addressees addressees(CallerAccess.Source callers, DaoRegistry daos) {
        return new Addressees(callers, StoredResources.within(daos));
    }

    @Bean
    PermittingConsents permittingConsents(CallerAccess.Source callers) {
        return new PermittingConsents(callers);
    }

    @Bean
    ExportAccess.Source exportAccess(CallerAccess.Source callers) {
        return new ExportAccess.Source(callers);
    }

    @Bean
    CapabilityInterceptor capabilityInterceptor(PublicOrigin origin) {
        return new CapabilityInterceptor(origin);
    }

    @Bean
    MaskInterceptor maskInterceptor(CallerAccess.Source callers) {
        return new MaskInterceptor(callers);
    }

    @Bean
    OneMoreInterceptor oneMoreInterceptor() {
        return new OneMoreInterceptor();
    }

    @Bean
    ResultInterceptor resultInterceptor(CallerAccess.Source callers) {
        return new ResultInterceptor(new ResultFilter(callers));
    }
}
