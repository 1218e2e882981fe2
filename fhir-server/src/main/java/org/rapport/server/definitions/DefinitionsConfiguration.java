package org.rapport.server.definitions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DefinitionsConfiguration {

    @Bean
    DefinitionsAtStart definitionsAtStart(
            FhirContext fhir,
            DaoRegistry store,
            IFhirSystemDao<Bundle, Meta> system,
            ISearchParamRegistry registry,
            DataSource dataSource) {
        return new DefinitionsAtStart(fhir, store, system, registry, new InstalledDefinitions(dataSource));
    }
}
