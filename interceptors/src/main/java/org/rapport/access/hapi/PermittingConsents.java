package org.rapport.access.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** Tells what patients have agreed to where the glass was broken: the rules of consents that show an answer to its reader. */
public final class PermittingConsents {

    private final CallerAccess.Source callers;

    /** By the access of callers. */
    public PermittingConsents(CallerAccess.Source callers) {
        this.callers = callers;
    }

    /**
     * The rules that let the caller read what is shown.
     *
     * @return each by its place, such as {@code Consent/1/_history/2 provision.provision[0]}; none unless the glass was broken
     */
    public Set<String> of(RequestDetails request, Stream<Resource> shown) {
        return callers.of(request)
                .filter(access -> access.caller().breaksGlass())
                .map(access -> shown.flatMap(resource -> access.permitting(resource).stream())
                        .collect(Collectors.toUnmodifiableSet()))
                .orElse(Set.of());
    }
}
