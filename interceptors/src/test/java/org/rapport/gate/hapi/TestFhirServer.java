package org.rapport.gate.hapi;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.provider.HashMapResourceProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.AuthorRules;
import org.rapport.access.ConsentProvenanceRule;
import org.rapport.access.Consents;
import org.rapport.access.ProxyRelations;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.Relations;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.StoredResources;
import org.rapport.access.hapi.VisibleReferences;
import org.rapport.condition.hapi.ConditionalCreates;
import org.rapport.document.hapi.TestDocuments;
import org.rapport.failure.hapi.TestFailures;
import org.rapport.limit.hapi.TestPages;
import org.rapport.mask.hapi.MaskInterceptor;
import org.rapport.search.hapi.LinkedSearch;
import org.rapport.search.hapi.PageMarks;
import org.rapport.search.hapi.PrivatePages;
import org.rapport.search.hapi.StoredPages;
import org.rapport.testing.TestSealing;

/**
 * A FHIR server that keeps its resources in memory and asks the access decision in every hook, as the whole server does.
 * It narrows nothing by itself, so whatever a search shows or hides is the hooks' doing.
 */
public final class TestFhirServer extends RestfulServer {

    private static final long serialVersionUID = 1L;
    private static final List<String> TYPES = List.of(
            "Patient",
            "Observation",
            "Appointment",
            "Binary",
            "Bundle",
            "Device",
            "DeviceMetric",
            "DocumentReference",
            "Organization",
            "Subscription",
            "AuditEvent",
            "Communication",
            "Consent",
            "Encounter",
            "Flag",
            "List",
            "QuestionnaireResponse",
            "Task");

    private static final Consents NOT_ASKED = (caller, relations, stage) -> Consents.Asked.NEVER;

    private final transient Map<String, HashMapResourceProvider<?>> types = new HashMap<>();

    /** What the last search was asked for, after all hooks. */
    private final transient Map<String, String[]> lastSearch = new HashMap<>();

    /** The last bundle that reached the server's own code. */
    private final transient List<Bundle> lastBundle = new ArrayList<>();

    private transient Relations relations = new Relations(practitioner -> Set.of(), ProxyRelations.NONE);
    private transient Consents consents = NOT_ASKED;
    private transient Runnable meanwhile = () -> {};

    private final transient Hooks hooks;
    private final transient Parts parts;

    /**
     * What enforces the decision.
     *
     * @param access before a request is handled
     * @param results before its answer leaves
     * @param writes in its transaction
     * @param masks what of it is shown
     */
    record Hooks(Object access, Object results, Object writes, Object masks) {}

    /**
     * What a hook before the request is made of.
     *
     * @param callers know the caller
     * @param stored reads
     * @param linked answers steps
     * @param pages reads on
     */
    record Parts(
            CallerAccess.Source callers,
            StoredResources stored,
            LinkedSearch.Source linked,
            PrivatePages pages,
            ConditionalCreates conditions) {}

    /** A server whose users are tied to whom the relations say. */
    public TestFhirServer(FhirContext fhir) {
        super(fhir);
        var origin = new PublicOrigin("http://127.0.0.1");
        var owners = new RecordOwners(origin, (id, moment) -> current(id.getResourceType(), id.getIdPart()));
        var callers = new CallerAccess.Source(
                new Relations(
                        user -> relations.treating().patientsOf(user),
                        user -> relations.proxies().patientsOf(user)),
                owners,
                TestConstraints.matcher(fhir),
                (caller, whom, stage) -> consents.by(caller, whom, stage),
                new TestDocuments(this::stored, this::current, origin),
                new ConsentProvenanceRule(origin, id -> current(id.getResourceType(), id.getIdPart())));
        TYPES.forEach(type -> types.put(type, provider(fhir, type)));
        registerProviders(List.copyOf(types.values()));
        registerProvider(new Operations());
        var linked = new LinkedSearch.Source(
                TestConstraints.links(fhir, origin), TestConstraints.questions(fhir, this::stored));
        registerProvider(new ExplainAccessProvider(callers, owners, this::current));
        var pages = new PrivatePages(new PageMarks(new TestSealing("pages")), new AllOnOnePage());
        var conditions = new ConditionalCreates(linked, owners, text -> meanwhile.run());
        hooks = new Hooks(
                new AccessInterceptor(callers, this::current, linked, pages, conditions),
                new ResultInterceptor(new ResultFilter(callers)),
                new WriteInterceptor(
                        callers,
                        new AuthorRules(origin),
                        new VisibleReferences(this::current, owners, origin),
                        conditions),
                new MaskInterceptor(callers));
        parts = new Parts(callers, this::current, linked, pages, conditions);
        registerInterceptor(hooks.access());
        registerInterceptor(hooks.results());
        registerInterceptor(hooks.writes());
        registerInterceptor(hooks.masks());
        registerInterceptor(new CapabilityInterceptor(origin));
        registerInterceptor(TestFailures.interceptor());
        registerInterceptor(TestPages.interceptor());
    }

    /** Here a search has no second page. */
    private static final class AllOnOnePage implements StoredPages {

        @Override
        public boolean keep(String type) {
            return true;
        }

        @Override
        public List<Resource> page(String type, List<Map.Entry<String, String>> parameters, int offset, int count) {
            return List.of();
        }
    }

    /** Empties the server and says what ties users to patients. */
    public void begin(Relations whom) {
        begin(whom, NOT_ASKED);
    }

    /** Empties the server and says whose consents are asked besides. */
    public void begin(Relations whom, Consents asked) {
        types.values().forEach(HashMapResourceProvider::clear);
        lastSearch.clear();
        lastBundle.clear();
        relations = whom;
        consents = asked;
        meanwhile = () -> {};
    }

    /** Says what others do while a create under a condition waits. */
    void meanwhile(Runnable what) {
        meanwhile = what;
    }

    /** What enforces the decision here. */
    Hooks hooks() {
        return hooks;
    }

    /** What to make another hook of. */
    Parts parts() {
        return parts;
    }

    /** Does something while other hooks take the place of one. */
    void with(Object left, List<Object> instead, Runnable what) {
        getInterceptorService().unregisterInterceptor(left);
        getInterceptorService().registerInterceptors(instead);
        try {
            what.run();
        } finally {
            getInterceptorService().unregisterInterceptors(instead);
            getInterceptorService().registerInterceptor(left);
        }
    }

    /** Stores a resource with an id. */
    @SuppressWarnings("unchecked")
    public void store(Resource resource) {
        ((HashMapResourceProvider<Resource>) provider(resource.fhirType()))
                .update(resource, "", new SystemRequestDetails());
    }

    /** What is stored now. */
    public Optional<Resource> current(String type, String id) {
        return stored(type)
                .filter(resource -> resource.getIdElement().getIdPart().equals(id))
                .findFirst();
    }

    /** How many resources of a type are stored. */
    public int count(String type) {
        return provider(type).getStoredResources().size();
    }

    /** The values of a parameter of the last search. */
    public List<String> lastSearch(String parameter) {
        return List.of(lastSearch.getOrDefault(parameter, new String[0]));
    }

    /** The last bundle that came through. */
    public Optional<Bundle> lastBundle() {
        return lastBundle.stream().findFirst();
    }

    private Stream<Resource> stored(String type) {
        return Optional.ofNullable(types.get(type)).stream()
                .flatMap(provider -> provider.getStoredResources().stream())
                .map(Resource.class::cast);
    }

    private HashMapResourceProvider<?> provider(String type) {
        return Optional.ofNullable(types.get(type)).orElseThrow();
    }

    private <T extends IBaseResource> HashMapResourceProvider<T> provider(FhirContext fhir, String type) {
        @SuppressWarnings("unchecked")
        var modelClass = (Class<T>) fhir.getResourceDefinition(type).getImplementingClass();
        return new RecordingProvider<>(fhir, modelClass, lastSearch);
    }

    /** Keeps what a search was asked for. */
    public static final class RecordingProvider<T extends IBaseResource> extends HashMapResourceProvider<T> {

        private final Map<String, String[]> lastSearch;

        RecordingProvider(FhirContext fhir, Class<T> type, Map<String, String[]> lastSearch) {
            super(fhir, type);
            this.lastSearch = lastSearch;
        }

        @Override
        public synchronized IBundleProvider searchAll(RequestDetails request) {
            lastSearch.clear();
            lastSearch.putAll(request.getParameters());
            if (request.getParameters().containsKey("boom")) {
                throw new IllegalStateException("SELECT secret FROM hfj_resource");
            }
            return super.searchAll(request);
        }
    }

    /** The little of a JPA server that the hooks need to be seen at. */
    public final class Operations {

        /** Keeps the bundle. */
        @Transaction
        public Bundle transaction(@TransactionParam Bundle bundle, HttpServletRequest request) {
            lastBundle.clear();
            lastBundle.add(bundle);
            return new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
        }

        /** Returns everything there is, of everybody. */
        @Operation(name = "$everything", type = Patient.class, idempotent = true)
        public Bundle everything(@IdParam IdType id) {
            var all = new Bundle().setType(Bundle.BundleType.SEARCHSET);
            types.values().stream()
                    .flatMap(provider -> provider.getStoredResources().stream())
                    .forEach(resource -> all.addEntry().setResource(((Resource) resource).copy()));
            return all;
        }
    }
}
