package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.time.Clock;
import org.rapport.access.PatientDirectory;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
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
    Relations relations(DaoRegistry daos, RecordOwners owners, Clock clock) {
        var stored = new StoredSearch.In(daos);
        var inForce = new InForce(clock);
        return new Relations(new StoredRelations(stored, owners, inForce), new StoredProxies(stored, owners, inForce));
    }

    @Bean
    PatientDirectory patientDirectory(Relations relations, DaoRegistry daos) {
        return new StoredPatients(relations, new StoredSearch.In(daos));
    }

    @Bean
    AccessInterceptor accessInterceptor(Relations relations, RecordOwners owners, DaoRegistry daos) {
        return new AccessInterceptor(new CallerAccess.Source(relations, owners), StoredResources.in(daos));
    }

    @Bean
    WriteInterceptor writeInterceptor(Relations relations, RecordOwners owners) {
        return new WriteInterceptor(new CallerAccess.Source(relations, owners));
    }

    @Bean
    OperationAccess operationAccess(Relations relations, RecordOwners owners) {
        return new OperationAccess(new CallerAccess.Source(relations, owners));
    }

    @Bean
    ConsentInterceptor resultInterceptor(Relations relations, RecordOwners owners) {
        return new ConsentInterceptor(new ResultFilter(new CallerAccess.Source(relations, owners)));
    }
}
