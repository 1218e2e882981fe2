package org.rapport.launch.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.StoredResources;
import org.rapport.launch.PatientResources;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the look into what is stored. */
@Configuration(proxyBeanMethods = false)
class LaunchStoreConfiguration {

    @Bean
    PatientResources launchPatientResources(DaoRegistry daos, RecordOwners owners) {
        return new StoredPatientResources(StoredResources.in(daos), owners);
    }
}
