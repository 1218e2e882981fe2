package org.rapport.server.startup;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.stereotype.Component;

/**
 * Reads R4's own definitions on the second core while Spring and the database start on the first.
 *
 * <p>HAPI keeps them once for the process, and would otherwise read them in the middle of the start. The one bean that
 * needs them all waits for them here, before it is initialized, so that nobody reads them a second time.
 */
@Component
final class BaseDefinitions implements BeanPostProcessor, PriorityOrdered {

    private static final CompletableFuture<Void> READ = new CompletableFuture<>();

    static void readAhead() {
        var reader = new Thread(BaseDefinitions::read, "base-definitions");
        reader.setDaemon(true);
        reader.start();
    }

    private static void read() {
        try {
            var support = new DefaultProfileValidationSupport(FhirContext.forR4Cached());
            support.fetchAllStructureDefinitions();
            support.fetchAllSearchParameters();
        } finally {
            READ.complete(null);
        }
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ISearchParamExtractor) {
            READ.join();
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
