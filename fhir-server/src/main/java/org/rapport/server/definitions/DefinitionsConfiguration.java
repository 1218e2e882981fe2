package org.rapport.server.definitions;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.packages.IPackageInstallerSvc;
import ca.uhn.fhir.jpa.searchparam.registry.ISearchParamProvider;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.SearchParameter;
import org.rapport.server.startup.StartStep;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DefinitionsConfiguration {

    /** Takes HAPI's provider out, which reads each search parameter on its own. */
    @Bean
    static BeanDefinitionRegistryPostProcessor searchParametersAtOnceOnly() {
        return definitions -> definitions.removeBeanDefinition("searchParamProvider");
    }

    @Bean
    ISearchParamProvider searchParametersAtOnce(DaoRegistry store) {
        return new SearchParametersAtOnce(store);
    }

    @Bean
    StoredSearchParameters storedSearchParameters(IFhirSystemDao<Bundle, Meta> system, DaoRegistry store) {
        return new StoredSearchParameters(system, store.getResourceDao(SearchParameter.class));
    }

    @Bean
    StartStep installDefinitions(
            FhirContext fhir,
            DataSource dataSource,
            StoredSearchParameters searchParameters,
            ISearchParamRegistry registry,
            DefinitionsAtStart.Packages packages) {
        var definitions = new DefinitionsAtStart(
                fhir, new InstalledDefinitions(dataSource), searchParameters, registry, packages);
        return new StartStep(0, definitions::install);
    }

    @Bean
    DefinitionsAtStart.Packages guidePackages(PackageSettings settings, IPackageInstallerSvc installer) {
        return new DefinitionsAtStart.Packages(settings, installer);
    }
}
