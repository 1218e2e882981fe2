package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.time.Clock;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.TreatingRelations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the access decision into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    RecordOwners recordOwners(PublicOrigin origin) {
        return new RecordOwners(origin);
    }

    @Bean
    TreatingRelations treatingRelations(DaoRegistry daos, RecordOwners owners, Clock clock) {
        return new StoredRelations(daos, owners, clock);
    }

    @Bean
    AccessInterceptor accessInterceptor(TreatingRelations relations, RecordOwners owners, DaoRegistry daos) {
        return new AccessInterceptor(new CallerAccess.Source(relations, owners), StoredResources.in(daos));
    }

    @Bean
    WriteInterceptor writeInterceptor(TreatingRelations relations, RecordOwners owners) {
        return new WriteInterceptor(new CallerAccess.Source(relations, owners));
    }

    @Bean
    OperationAccess operationAccess(TreatingRelations relations, RecordOwners owners) {
        return new OperationAccess(new CallerAccess.Source(relations, owners));
    }

    @Bean
    ConsentInterceptor resultInterceptor(TreatingRelations relations, RecordOwners owners) {
        return new ConsentInterceptor(new ResultFilter(new CallerAccess.Source(relations, owners)));
    }
}
