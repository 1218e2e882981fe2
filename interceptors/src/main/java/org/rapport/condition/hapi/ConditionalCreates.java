package org.rapport.condition.hapi;

import static java.util.stream.Collectors.joining;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.audit.hapi.Trails;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.search.hapi.LinkedSearch;

/**
 * Answers {@code If-None-Exist} in the view of who creates, before the store is asked: what they may not see is not there.
 * The store then gets the id of what matches, or no condition; in its transaction a create waits for others under the same
 * condition, and is refused when one of them made what it would make.
 *
 * @param linked finds what a caller may see
 * @param owners whose record it belongs to
 * @param lock holds a text until the transaction ends, and waits for who holds it
 */
public record ConditionalCreates(LinkedSearch.Source linked, RecordOwners owners, Consumer<String> lock) {

    private static final String MET = ConditionalCreates.class.getName();
    private static final int MOST_IN_A_BUNDLE = 100;
    private static final Failure MADE_MEANWHILE = Failure.of(
            409, "conflict", "Another request created what matches meanwhile; send the same again to get it");
    private static final Failure TWICE =
            Failure.malformed("Two entries of the bundle create under the same condition, or find the same");
    private static final Failure TOO_MANY =
            Failure.of(400, "too-costly", "A bundle creates under " + MOST_IN_A_BUNDLE + " conditions at most");

    /** Puts the condition of a create on record, whoever asks it. */
    public static void record(RequestDetails request) {
        written(request).ifPresent(Trails.of(request)::ask);
    }

    private static Optional<String> written(RequestDetails request) {
        return Optional.ofNullable(request.getConditionalUrl(RestOperationTypeEnum.CREATE));
    }

    /** Answers the condition of a request; {@link #note} says later what it creates. */
    public void answer(CallerAccess access, RequestDetails request) {
        written(request)
                .map(text -> CreateCondition.of(request.getResourceName(), text))
                .ifPresent(condition -> {
                    var known = known(access, request, condition);
                    if (known.isEmpty()) {
                        request.getUserData().put(MET, condition);
                    }
                    request.setHeaders(Constants.HEADER_IF_NONE_EXIST, List.of(known.orElse("")));
                });
    }

    /** Notes the resource of a request whose condition was answered. */
    public void note(RequestDetails request, IBaseResource created) {
        if (request.getUserData().get(MET) instanceof CreateCondition condition) {
            remembered(request).put(created, condition);
        }
    }

    /**
     * Answers the conditions of the entries of a bundle.
     *
     * @throws FailureException 400 when there are too many, or two are the same or find the same: neither could tell what the
     *     other makes
     */
    public void answer(CallerAccess access, RequestDetails request, Bundle bundle) {
        var seen = new HashSet<String>();
        var entries = bundle.getEntry().stream()
                .filter(ConditionalCreates::isConditional)
                .toList();
        if (entries.size() > MOST_IN_A_BUNDLE) {
            throw new FailureException(TOO_MANY);
        }
        for (var entry : entries) {
            var resource = entry.getResource();
            var condition =
                    CreateCondition.of(resource.fhirType(), entry.getRequest().getIfNoneExist());
            var known = known(access, request, condition);
            if (!seen.add(condition.written()) || !known.map(seen::add).orElse(true)) {
                throw new FailureException(TWICE);
            }
            if (known.isEmpty()) {
                remembered(request).put(resource, condition);
            }
            entry.getRequest().setIfNoneExist(known.orElse(null));
        }
    }

    /** Whatever else bears a condition creates nothing; one without a value is none. */
    private static boolean isConditional(BundleEntryComponent entry) {
        var condition = entry.getRequest().getIfNoneExist();
        return entry.getRequest().getMethod() == HTTPVerb.POST
                && entry.hasResource()
                && condition != null
                && !condition.isBlank();
    }

    /**
     * Holds a new resource to its condition, inside the transaction that stores it.
     *
     * @throws FailureException 409 when something matches by now
     */
    public void hold(CallerAccess access, RequestDetails request, IBaseResource created) {
        Optional.ofNullable(remembered(request).get(created)).ifPresent(condition -> {
            lock.accept(condition.written());
            if (!found(access, condition).isEmpty()) {
                throw new FailureException(MADE_MEANWHILE);
            }
        });
    }

    /** The condition to put to the store: what the caller sees match, by id. The store refuses more than one. */
    private Optional<String> known(CallerAccess access, RequestDetails request, CreateCondition condition) {
        var found = found(access, condition);
        found.forEach(match ->
                Trails.of(request).found(match.fhirType(), match.getIdElement().getIdPart(), owners.met(match)));
        return Optional.of(found.stream()
                        .map(match -> match.getIdElement().getIdPart())
                        .sorted()
                        .limit(2)
                        .collect(joining(",")))
                .filter(ids -> !ids.isEmpty())
                .map(ids -> condition.type() + "?_id=" + ids);
    }

    private List<Resource> found(CallerAccess access, CreateCondition condition) {
        return linked.found(access, condition.type(), condition.parameters());
    }

    /** The entries of a batch share what is kept of a request. */
    @SuppressWarnings("unchecked")
    private static Map<IBaseResource, CreateCondition> remembered(RequestDetails request) {
        return (Map<IBaseResource, CreateCondition>) request.getUserData()
                .computeIfAbsent(
                        MET + ".created",
                        key -> Collections.synchronizedMap(new IdentityHashMap<IBaseResource, CreateCondition>()));
    }
}
