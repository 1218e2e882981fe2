package org.rapport.server.rest;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.JpaSystemProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.rest.server.HardcodedServerAddressStrategy;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import org.hl7.fhir.r4.model.AuditEvent;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.audit.hapi.AuditEventProvider;
import org.rapport.limit.RequestLimits;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every provider bean and every {@link Interceptor} bean joins the server; no list is kept here. */
@Configuration(proxyBeanMethods = false)
class FhirServerConfiguration {

    @Bean
    RestfulServer restfulServer(
            FhirContext fhir,
            PublicOrigin origin,
            @Qualifier("myResourceProvidersR4") ResourceProviderFactory resourceProviders,
            JpaSystemProvider<?, ?> systemProvider,
            ValueSetOperationProvider valueSets,
            AuditEventProvider auditEvents,
            DatabaseBackedPagingProvider paging,
            ListableBeanFactory beans) {
        paging.setDefaultPageSize(RequestLimits.USUAL_PAGE);
        paging.setMaximumPageSize(RequestLimits.PAGE);
        var server = new QuietRestfulServer(fhir);
        server.registerProviders(resourceProviders.createProviders().stream()
                .filter(provider -> !storesAuditEvents(provider))
                .toList());
        server.registerProviders(systemProvider, valueSets, auditEvents);
        server.registerProviders(
                beans.getBeansWithAnnotation(FhirProvider.class).values());
        server.setServerAddressStrategy(new HardcodedServerAddressStrategy(origin.fhirBase()));
        server.setPagingProvider(paging);
        server.setDefaultPageSize(RequestLimits.USUAL_PAGE);
        server.setMaximumPageSize(RequestLimits.PAGE);
        server.setDefaultPreferReturn(ca.uhn.fhir.rest.api.PreferReturnEnum.REPRESENTATION);
        server.setServerName("Rapport");
        Hooks.of(beans).joinServer(server);
        return server;
    }

    /** They are read from the audit log, and written by no request. */
    private static boolean storesAuditEvents(Object provider) {
        return provider instanceof IResourceProvider typed && typed.getResourceType() == AuditEvent.class;
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(
            RestfulServer server,
            IFhirSystemDao<?, ?> systemDao,
            JpaStorageSettings storage,
            ISearchParamRegistry searchParameters,
            IValidationSupport validation) {
        var capabilities = new JpaCapabilityStatementProvider(server, systemDao, storage, searchParameters, validation);
        capabilities.setImplementationDescription("Rapport, a FHIR R4 server for patient engagement");
        server.setServerConformanceProvider(capabilities);
        var registration = new ServletRegistrationBean<>(server, "/fhir/*");
        registration.setName("fhir");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    BlindWriteInterceptor blindWriteInterceptor() {
        return new BlindWriteInterceptor();
    }

    @Bean
    StorageHooks storageHooks(IInterceptorService storage, ListableBeanFactory beans) {
        return new StorageHooks(Hooks.of(beans), storage);
    }
}
