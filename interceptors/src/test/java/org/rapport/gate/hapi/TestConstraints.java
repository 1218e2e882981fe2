package org.rapport.gate.hapi;

import ca.uhn.fhir.context.ComboSearchParamType;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.IInterceptorBroadcaster;
import ca.uhn.fhir.interceptor.executor.InterceptorService;
import ca.uhn.fhir.jpa.api.svc.IIdHelperService;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings;
import ca.uhn.fhir.jpa.partition.IRequestPartitionHelperSvc;
import ca.uhn.fhir.jpa.searchparam.MatchUrlService;
import ca.uhn.fhir.jpa.searchparam.extractor.ISearchParamExtractor;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorR4;
import ca.uhn.fhir.jpa.searchparam.extractor.SearchParamExtractorService;
import ca.uhn.fhir.jpa.searchparam.matcher.InMemoryResourceMatcher;
import ca.uhn.fhir.jpa.searchparam.matcher.IndexedSearchParamExtractor;
import ca.uhn.fhir.jpa.searchparam.matcher.SearchParamMatcher;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ISearchParamRegistry;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.ConstraintMatcher;
import org.rapport.access.PublicOrigin;
import org.rapport.search.hapi.InMemoryConstraints;
import org.rapport.search.hapi.Questions;
import org.rapport.search.hapi.SearchLinks;
import org.rapport.search.hapi.StoredQuestions;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** HAPI's matcher as the whole server has it, without a database: whatever would ask one fails. */
public final class TestConstraints {

    private TestConstraints() {}

    /** Knows the search parameters of R4. */
    public static ConstraintMatcher matcher(FhirContext fhir) {
        var context = context(fhir);
        return new InMemoryConstraints(
                context.getBean(InMemoryResourceMatcher.class),
                context.getBean(SearchParamMatcher.class),
                context.getBean(ISearchParamRegistry.class));
    }

    /** Knows where the search parameters of R4 lead. */
    public static SearchLinks links(FhirContext fhir, PublicOrigin origin) {
        var context = context(fhir);
        return new SearchLinks(
                context.getBean(ISearchParamRegistry.class), context.getBean(ISearchParamExtractor.class), origin);
    }

    /** Asks resources one by one. */
    static StoredQuestions questions(FhirContext fhir, Function<String, Stream<Resource>> ofType) {
        var matcher = context(fhir).getBean(SearchParamMatcher.class);
        return (type, parameters, most) -> ofType.apply(type)
                .filter(resource -> {
                    var search = type + "?" + Questions.query(parameters);
                    var told = matcher.match(search, resource, new SystemRequestDetails());
                    if (!told.supported()) {
                        throw new IllegalStateException(search + " cannot be asked in memory");
                    }
                    return told.matched();
                })
                .limit(most)
                .toList();
    }

    private static AnnotationConfigApplicationContext context(FhirContext fhir) {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(FhirContext.class, () -> fhir);
        context.registerBean(ISearchParamRegistry.class, () -> new Plain(fhir));
        context.registerBean(StorageSettings.class);
        context.registerBean(PartitionSettings.class);
        context.registerBean(IInterceptorBroadcaster.class, () -> new InterceptorService());
        context.registerBean(IRequestPartitionHelperSvc.class, () -> absent(IRequestPartitionHelperSvc.class));
        context.registerBean(IIdHelperService.class, () -> absent(IIdHelperService.class));
        context.registerBean(ISearchParamExtractor.class, () -> new SearchParamExtractorR4());
        context.registerBean(SearchParamExtractorService.class);
        context.registerBean(IndexedSearchParamExtractor.class);
        context.registerBean(MatchUrlService.class);
        context.registerBean(InMemoryResourceMatcher.class);
        context.registerBean(SearchParamMatcher.class);
        context.refresh();
        return context;
    }

    private static <T> T absent(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> 0;
                    case "equals" -> false;
                    case "toString" -> "absent";
                    default -> throw new IllegalStateException("There is no database: " + method.getName());
                }));
    }

    private static final class Plain extends FhirContextSearchParamRegistry {

        Plain(FhirContext fhir) {
            super(fhir);
        }

        @Override
        public List<RuntimeSearchParam> getActiveComboSearchParams(String type, SearchParamLookupContextEnum context) {
            return List.of();
        }

        @Override
        public List<RuntimeSearchParam> getActiveComboSearchParams(
                String type, ComboSearchParamType kind, SearchParamLookupContextEnum context) {
            return List.of();
        }
    }
}
