package org.rapport.gate.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceAccessDetails;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.Preconditions;
import org.rapport.access.hapi.RequestActions;
import org.rapport.access.hapi.StoredResources;
import org.rapport.access.hapi.VisibleReferences;
import org.rapport.condition.hapi.ConditionalCreates;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.mask.hapi.MaskedWrites;
import org.rapport.search.hapi.IncludedView;
import org.rapport.search.hapi.Inclusion;
import org.rapport.search.hapi.LinkedSearch;
import org.rapport.search.hapi.PrivatePages;
import org.rapport.search.hapi.Questions;
import org.rapport.search.hapi.SearchGate;
import org.rapport.search.hapi.SearchNarrowing;
import org.rapport.search.hapi.SearchesUnderWay;

/**
 * Stops requests that are not for the caller, and keeps searches within the caller's reach.
 *
 * <p>Runs before HAPI's consent interceptor, which filters what these hooks let pass.
 */
@Interceptor(order = AccessInterceptor.ORDER)
class AccessInterceptor {

    /** Before every other interceptor that looks at a request. */
    static final int ORDER = -1000;

    private final CallerAccess.Source callers;
    private final StoredResources stored;
    private final LinkedSearch.Source linked;
    private final SearchesUnderWay searches;
    private final ConditionalCreates conditions;

    AccessInterceptor(
            CallerAccess.Source callers,
            StoredResources stored,
            LinkedSearch.Source linked,
            PrivatePages pages,
            ConditionalCreates conditions) {
        this.callers = callers;
        this.stored = stored;
        this.linked = linked;
        this.searches = new SearchesUnderWay(pages);
        this.conditions = conditions;
    }

    /** Takes the mark of a page before HAPI wonders what it is. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void takePage(ServletRequestDetails request) {
        searches.take(request);
    }

    /** Judges a request as soon as HAPI knows its kind, before the body is parsed and anything is read. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void admit(ServletRequestDetails request) {
        var action = RequestActions.of(request);
        if (action.interaction() == Interaction.CAPABILITIES) {
            return;
        }
        var access = access(request);
        if (action.interaction() == Interaction.PAGE && !access.caller().seesWholeTypes()) {
            throw new FailureException(Failure.NOT_FOUND);
        }
        access.require(action);
        Preconditions.checkFormat(action, Preconditions.contentType(request));
        if (action.interaction() == Interaction.CREATE) {
            ConditionalCreates.record(request);
        }
        if (!access.caller().seesWholeTypes()) {
            LimitedGate.stopChangeBySearch(action, request);
        }
        gate(access, action, request);
        if (!access.caller().seesWholeTypes()) {
            SearchesUnderWay.listen(request);
            admitLimited(access, action, request);
        } else {
            Preconditions.checkNamesVersion(action, request, stored);
        }
        if (access.caller().readsEverything()) {
            ConsentInterceptor.skipAllConsentForRequest(request);
        }
        if (action.interaction() == Interaction.SEARCH) {
            var asked = Questions.of(request.getParameters());
            answerLinks(access, action, request);
            narrow(access, action, request);
            searches.begin(request, access, action.type(), asked);
        }
    }

    /** Stops questions that could tell more than the caller may see. */
    void gate(CallerAccess access, Action action, ServletRequestDetails request) {
        SearchGate.check(access, action, request.getParameters());
    }

    /** Keeps a search within the caller's reach. */
    void narrow(CallerAccess access, Action action, ServletRequestDetails request) {
        var asked = Questions.of(request.getParameters());
        SearchNarrowing.missing(access, action, asked).forEach(narrowing -> {
            request.setParameters(SearchNarrowing.and(request.getParameters(), narrowing));
            ShownLinks.added(request, narrowing);
        });
    }

    /** Judges the entries of a bundle. */
    void admitBundle(CallerAccess access, Bundle bundle) {
        new BundleGate(access, stored, linked, searches).check(bundle);
    }

    /** Judges somebody from whom something may be hidden. */
    void admitLimited(CallerAccess access, Action action, ServletRequestDetails request) {
        new LimitedGate(stored, conditions).check(access, action, request);
    }

    /** Puts answers in the place of what follows references. */
    void answerLinks(CallerAccess access, Action action, ServletRequestDetails request) {
        var asked = Questions.of(request.getParameters());
        var answered = linked.answered(access, action.type(), SearchGate.readable(access, asked));
        if (!answered.equals(asked)) {
            ShownLinks.answered(request, asked, answered);
            request.setParameters(Questions.map(answered));
        }
    }

    /** Judges what is known only with the body, and the reads of a batch as HAPI takes them apart. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void admitContent(ServletRequestDetails request) {
        var action = RequestActions.of(request);
        if (action.interaction() == Interaction.CAPABILITIES) {
            return;
        }
        var access = access(request);
        if (request.isSubRequest()) {
            admitEntry(access, action, request);
            return;
        }
        MaskedWrites.check(access, action, request);
        if (request.getResource() instanceof Resource resource) {
            if (!access.caller().seesWholeTypes()) {
                if (contents(resource).anyMatch(VisibleReferences::bySearch)) {
                    throw new FailureException(Failure.PRECONDITION_FAILED);
                }
                access.prepare(contents(resource));
                conditions.note(request, resource);
            }
            if (action.interaction() == Interaction.BUNDLE) {
                admitBundle(access, (Bundle) resource);
                if (!access.caller().seesWholeTypes()) {
                    conditions.answer(access, request, (Bundle) resource);
                }
            }
        } else if (action.interaction() == Interaction.BUNDLE) {
            throw access.denied();
        }
    }

    /** Comes before each of what was found is asked about; of a search only what is going to be shown is. */
    @Hook(Pointcut.STORAGE_PREACCESS_RESOURCES)
    public void prepare(RequestDetails request, IPreResourceAccessDetails found) {
        if (!ResultFilter.asksWhenShown(request)) {
            prepare(request, IntStream.range(0, found.size()).mapToObj(found::getResource));
        }
    }

    /** Comes before each of what a search is going to show is asked about. */
    @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
    public void prepare(RequestDetails request, IPreResourceShowDetails found) {
        if (ResultFilter.asksWhenShown(request)) {
            prepare(request, StreamSupport.stream(found.spliterator(), false));
        }
    }

    private void prepare(RequestDetails request, Stream<IBaseResource> found) {
        callers.of(request)
                .filter(access -> !access.caller().actsAlone())
                .ifPresent(access ->
                        access.prepare(found.filter(Resource.class::isInstance).map(Resource.class::cast)));
    }

    /** Takes the narrowing out of links: it is added again when they are followed. Hides deletions in batches too. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void tidy(ServletRequestDetails request, ResponseDetails response) {
        if (!(response.getResponseResource() instanceof Bundle bundle)) {
            return;
        }
        ShownLinks.tidy(request, bundle);
        bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(Bundle.class::isInstance)
                .forEach(answer -> ShownLinks.tidy(request, (Bundle) answer));
        callers.of(request).ifPresent(access -> searches.end(request, access, bundle));
        var inclusions = Inclusion.of(request.getParameters());
        if (!inclusions.isEmpty() && !readsEverything(request)) {
            new IncludedView(linked.links(), inclusions).prune(bundle);
        }
        if (!seesDeletions(request) && isOfHidden(RequestActions.of(request))) {
            bundle.setTotalElement(null);
        }
        for (var entry : bundle.getEntry()) {
            if (entry.getResource() instanceof Bundle answer && !seesDeletions(request)) {
                answer.setTotalElement(null);
            }
            if (entry.getResponse().hasStatus()
                    && entry.getResponse().getStatus().startsWith("410")
                    && !seesDeletions(request)) {
                entry.getResponse().setStatus("404 Not Found");
            }
        }
    }

    /** Whether resources were left out of the answer, maybe; a number would tell of them. */
    private static boolean isOfHidden(Action action) {
        return action.interaction() == Interaction.SEARCH
                || action.interaction() == Interaction.HISTORY_INSTANCE
                || action.operation().equals("$everything");
    }

    /** That something was deleted is a thing people are not told: it may have been anybody's. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public @Nullable BaseServerResponseException hideDeletion(ServletRequestDetails request, Throwable exception) {
        return exception instanceof ResourceGoneException && !seesDeletions(request)
                ? new FailureException(Failure.NOT_FOUND)
                : null;
    }

    private static boolean readsEverything(ServletRequestDetails request) {
        return request.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                && caller.readsEverything();
    }

    private static boolean seesDeletions(ServletRequestDetails request) {
        return request.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                && caller.seesWholeTypes();
    }

    private CallerAccess access(RequestDetails request) {
        return callers.of(request).orElseThrow(() -> new FailureException(Failure.NOT_AUTHENTICATED));
    }

    private void admitEntry(CallerAccess access, Action action, ServletRequestDetails request) {
        access.require(action);
        if (!access.caller().seesWholeTypes()) {
            admitLimited(access, action, request);
        }
        if (action.interaction() == Interaction.SEARCH) {
            var asked = Questions.of(request.getParameters());
            SearchNarrowing.of(access, action).forEach(narrowing -> {
                if (asked.contains(narrowing)) {
                    ShownLinks.added(request, narrowing);
                } else if (asked.stream().noneMatch(one -> SearchNarrowing.isWithin(one, narrowing))) {
                    throw access.denied();
                }
            });
        }
    }

    private static Stream<Resource> contents(Resource sent) {
        return sent instanceof Bundle bundle
                ? bundle.getEntry().stream()
                        .map(BundleEntryComponent::getResource)
                        .filter(Objects::nonNull)
                : Stream.of(sent);
    }
}
