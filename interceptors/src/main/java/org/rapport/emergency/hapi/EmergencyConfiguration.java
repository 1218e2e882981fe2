package org.rapport.emergency.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.SecurityLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the watch over emergencies into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
class EmergencyConfiguration {

    @Bean
    StrayInterceptor strayInterceptor(DaoRegistry daos, RecordOwners owners, SecurityLog log) {
        return new StrayInterceptor(StoredResources.in(daos), owners, log);
    }
}
