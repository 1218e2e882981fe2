package org.rapport.delivery.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.delivery.AuthorRights;
import org.rapport.delivery.FhirStore;
import org.rapport.delivery.Registrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Joins the deliveries to HAPI's store. */
@Configuration(proxyBeanMethods = false)
class DeliveryStoreConfiguration {

    @Bean
    FhirStore deliveryStore(
            DaoRegistry daos,
            FhirContext fhir,
            InMemoryResourceMatcher matcher,
            MatchUrlService searches,
            PlatformTransactionManager transactions) {
        var apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        apart.setReadOnly(true);
        return new StoredInHapi(daos, fhir, matcher, searches, apart);
    }

    @Bean
    AuthorRights authorRights(
            Relations relations,
            RecordOwners owners,
            ConstraintMatcher constraints,
            Consents consents,
            ConsentProvenanceRule provenances) {
        return new DecidedRights(relations, constraints, owners, consents, provenances);
    }

    @Bean
    AuthorInterceptor subscriptionAuthorInterceptor(Registrations registrations) {
        return new AuthorInterceptor(registrations);
    }
}
