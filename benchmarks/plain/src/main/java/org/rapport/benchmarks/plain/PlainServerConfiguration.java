package org.rapport.benchmarks.plain;

import ca.uhn.fhir.batch2.jobs.bulkmodify.reindex.ReindexProvider;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.jpa.api.IDaoRegistry;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.jpa.config.util.ResourceCountCacheUtil;
import ca.uhn.fhir.jpa.provider.DaoRegistryResourceSupportedSvc;
import ca.uhn.fhir.jpa.provider.IJpaSystemProvider;
import ca.uhn.fhir.jpa.provider.JpaCapabilityStatementProvider;
import ca.uhn.fhir.jpa.provider.SubscriptionTriggeringProvider;
import ca.uhn.fhir.jpa.provider.TerminologyUploaderProvider;
import ca.uhn.fhir.jpa.provider.ValueSetOperationProvider;
import ca.uhn.fhir.jpa.search.DatabaseBackedPagingProvider;
import ca.uhn.fhir.jpa.util.ResourceCountCache;
import ca.uhn.fhir.narrative.DefaultThymeleafNarrativeGenerator;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.openapi.OpenApiInterceptor;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.interceptor.CorsInterceptor;
import ca.uhn.fhir.rest.server.interceptor.LoggingInterceptor;
import ca.uhn.fhir.rest.server.interceptor.ResponseHighlighterInterceptor;
import ca.uhn.fhir.rest.server.provider.ResourceProviderFactory;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.util.List;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.cors.CorsConfiguration;

/** The FHIR endpoint with the providers and interceptors that the public starter registers by default. */
@Configuration(proxyBeanMethods = false)
class PlainServerConfiguration {

    private static final String OPERATION =
            "Operation[${operationType} ${operationName} ${idOrResourceName}] UA[${requestHeader.user-agent}]"
                    + " Params[${requestParameters}] ResponseEncoding[${responseEncodingNoDefault}]";

    @Bean
    DatabaseBackedPagingProvider pagingProvider() {
        var paging = new DatabaseBackedPagingProvider();
        paging.setDefaultPageSize(20);
        paging.setMaximumPageSize(Integer.MAX_VALUE);
        return paging;
    }

    @Bean
    IResourceSupportedSvc resourceSupportedSvc(IDaoRegistry daos) {
        return new DaoRegistryResourceSupportedSvc(daos);
    }

    @Bean
    ResourceCountCache myResourceCountsCache(IFhirSystemDao<?, ?> systemDao) {
        return ResourceCountCacheUtil.newResourceCountCache(systemDao);
    }

    @Bean
    RestfulServer restfulServer(FhirContext fhir, ListableBeanFactory beans) {
        fhir.setNarrativeGenerator(new DefaultThymeleafNarrativeGenerator());
        var server = new RestfulServer(fhir);
        server.registerProviders(beans.getBean(ResourceProviderFactory.class).createProviders());
        server.registerProviders(
                beans.getBean(IJpaSystemProvider.class),
                beans.getBean(TerminologyUploaderProvider.class),
                beans.getBean(SubscriptionTriggeringProvider.class),
                beans.getBean(ValueSetOperationProvider.class),
                beans.getBean(ReindexProvider.class));
        server.setServerConformanceProvider(conformance(server, beans));
        server.setPagingProvider(beans.getBean(DatabaseBackedPagingProvider.class));
        server.setDefaultPrettyPrint(true);
        server.setDefaultResponseEncoding(EncodingEnum.JSON);
        List.of(new ResponseHighlighterInterceptor(), requestLog(), cors(), new OpenApiInterceptor())
                .forEach(server::registerInterceptor);
        return server;
    }

    @Bean
    ServletRegistrationBean<RestfulServer> fhirServlet(RestfulServer server) {
        var servlet = new ServletRegistrationBean<>(server, "/fhir/*");
        servlet.setLoadOnStartup(1);
        return servlet;
    }

    private static JpaCapabilityStatementProvider conformance(RestfulServer server, ListableBeanFactory beans) {
        var conformance = new JpaCapabilityStatementProvider(
                server,
                beans.getBean(IFhirSystemDao.class),
                beans.getBean(JpaStorageSettings.class),
                beans.getBean(ISearchParamRegistry.class),
                beans.getBean(IValidationSupport.class));
        conformance.setImplementationDescription("HAPI FHIR R4 Server");
        return conformance;
    }

    private static LoggingInterceptor requestLog() {
        var log = new LoggingInterceptor();
        log.setLoggerName("fhirtest.access");
        log.setMessageFormat(
                "Path[${servletPath}] Source[${requestHeader.x-forwarded-for}] " + OPERATION + " " + OPERATION);
        log.setErrorMessageFormat("ERROR - ${requestVerb} ${requestUrl}");
        log.setLogExceptions(true);
        return log;
    }

    private static CorsInterceptor cors() {
        var cors = new CorsConfiguration();
        cors.addAllowedHeader("*");
        cors.addAllowedOriginPattern("*");
        cors.addExposedHeader("Location");
        cors.addExposedHeader("Content-Location");
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"));
        cors.setAllowCredentials(true);
        return new CorsInterceptor(cors);
    }
}
