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

    /** Complete as long as nobody reads ahead: then HAPI reads them itself. */
    private static volatile CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    static void readAhead() {
        var read = new CompletableFuture<Void>();
        var reader = new Thread(() -> read(read), "base-definitions");
        reader.setDaemon(true);
        reading = read;
        reader.start();
    }

    private static void read(CompletableFuture<Void> read) {
        try {
            var support = new DefaultProfileValidationSupport(FhirContext.forR4Cached());
            support.fetchAllStructureDefinitions();
            support.fetchAllSearchParameters();
        } finally {
            read.complete(null);
        }
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ISearchParamExtractor) {
            reading.join();
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
