package org.rapport.condition.hapi;

import static java.util.stream.Collectors.joining;

import ca.uhn.fhir.rest.api.Constants;
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
import org.rapport.access.hapi.CallerAccess;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.search.hapi.LinkedSearch;

/**
 * Answers {@code If-None-Exist} in the view of who creates, before the store is asked: what they may not see is not there.
 * The store then gets the id of what matches, or no condition; in its transaction a create waits for others under the same
 * condition, and is refused when one of them made what it would make.
 *
 * @param linked finds what a caller may see
 * @param lock holds a text until the transaction ends, and waits for who holds it
 */
public record ConditionalCreates(LinkedSearch.Source linked, Consumer<String> lock) {

    private static final String MET = ConditionalCreates.class.getName();
    private static final Failure MADE_MEANWHILE = Failure.of(
            409, "conflict", "Another request created what matches meanwhile; send the same again to get it");
    private static final Failure TWICE = Failure.malformed("Two entries of the bundle create under the same condition");

    /** Answers the condition of a request; {@link #note} says later what it creates. */
    public void answer(CallerAccess access, RequestDetails request) {
        var written = Optional.ofNullable(request.getConditionalUrl(request.getRestOperationType()));
        written.map(text -> Condition.of(request.getResourceName(), text)).ifPresent(condition -> {
            var known = known(access, condition);
            if (known.isEmpty()) {
                request.getUserData().put(MET, condition);
            }
            request.setHeaders(Constants.HEADER_IF_NONE_EXIST, List.of(known.orElse("")));
        });
    }

    /** Notes the resource of a request whose condition was answered. */
    public void note(RequestDetails request, IBaseResource created) {
        if (request.getUserData().get(MET) instanceof Condition condition) {
            remember(request, created, condition);
        }
    }

    /**
     * Answers the conditions of the entries of a bundle.
     *
     * @throws FailureException 400 when two are the same: neither could tell what the other makes
     */
    public void answer(CallerAccess access, RequestDetails request, Bundle bundle) {
        var seen = new HashSet<String>();
        for (var entry : bundle.getEntry()) {
            if (!entry.getRequest().hasIfNoneExist()) {
                continue;
            }
            var condition = Condition.of(
                    entry.getResource().fhirType(), entry.getRequest().getIfNoneExist());
            if (!seen.add(condition.written())) {
                throw new FailureException(TWICE);
            }
            var known = known(access, condition);
            if (known.isEmpty()) {
                remember(request, entry.getResource(), condition);
            }
            entry.getRequest().setIfNoneExist(known.orElse(null));
        }
    }

    /**
     * Holds a new resource to its condition, inside the transaction that stores it.
     *
     * @throws FailureException 409 when something matches by now
     */
    public void hold(CallerAccess access, RequestDetails request, IBaseResource created) {
        Optional.ofNullable(remembered(request).get(created)).ifPresent(condition -> {
            lock.accept(condition.written());
            if (known(access, condition).isPresent()) {
                throw new FailureException(MADE_MEANWHILE);
            }
        });
    }

    /** The condition to put to the store: what the caller sees match, by id. The store refuses more than one. */
    private Optional<String> known(CallerAccess access, Condition condition) {
        var found = linked.found(access, condition.type(), condition.parameters());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(condition.type() + "?_id="
                        + found.stream()
                                .map(match -> match.getIdElement().getIdPart())
                                .sorted()
                                .limit(2)
                                .collect(joining(",")));
    }

    private static void remember(RequestDetails request, IBaseResource created, Condition condition) {
        remembered(request).put(created, condition);
    }

    /** The entries of a batch share what is kept of a request. */
    @SuppressWarnings("unchecked")
    private static Map<IBaseResource, Condition> remembered(RequestDetails request) {
        return (Map<IBaseResource, Condition>) request.getUserData()
                .computeIfAbsent(
                        MET + ".created",
                        key -> Collections.synchronizedMap(new IdentityHashMap<IBaseResource, Condition>()));
    }
}
