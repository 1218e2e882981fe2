package org.rapport.accesslog.hapi;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentInterceptor;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.FhirProvider;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.access.hapi.StoredResources;
import org.rapport.accesslog.PlainWords;
import org.rapport.audit.AuditQuery;
import org.rapport.audit.AuditRow;
import org.rapport.audit.AuditSearch;
import org.rapport.balp.AuditEvents;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.web.util.HtmlUtils;

/**
 * {@code Patient/[id]/$access-log}: who did what with a record, newest first, each event with a sentence in plain words.
 *
 * <p>Addresses in the network, ids of tokens and what searches asked are left out: they may tell of others.
 */
@FhirProvider
public final class AccessLogProvider {

    private static final int DEFAULT_COUNT = 50;

    private final AuditSearch log;
    private final StoredResources resources;
    private final OperationAccess access;
    private final PublicOrigin origin;

    AccessLogProvider(AuditSearch log, StoredResources resources, OperationAccess access, PublicOrigin origin) {
        this.log = log;
        this.resources = resources;
        this.access = access;
        this.origin = origin;
    }

    /** The log between {@code start} and {@code end}, in pages of {@code _count}. */
    @Operation(name = "$access-log", typeName = "Patient", idempotent = true)
    public Bundle accessLog(@IdParam IdType id, RequestDetails request) {
        // the access decision has opened the log to the caller, who may read no AuditEvent otherwise
        ConsentInterceptor.skipAllConsentForRequest(request);
        var patient = id.getIdPart();
        var query = query(patient, request);
        int count = number(request, "_count", DEFAULT_COUNT);
        int offset = number(request, "_offset", 0);
        var words = new PlainWords(patient, isOwn(patient, request), new StoredNames(resources));
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(log.total(query));
        log.page(query, offset, count)
                .forEach(row -> bundle.addEntry()
                        .setFullUrl(origin.fhirBase() + "/AuditEvent/" + row.number())
                        .setResource(event(row, words)));
        bundle.addLink().setRelation("self").setUrl(link(patient, request, offset));
        if (offset + bundle.getEntry().size() < bundle.getTotal() && count > 0) {
            bundle.addLink().setRelation("next").setUrl(link(patient, request, offset + count));
        }
        return bundle;
    }

    private AuditEvent event(AuditRow row, PlainWords words) {
        var event = new AuditEvents(origin.fhirBase()).of(row);
        event.getAgent().forEach(agent -> agent.setNetwork(null).setPolicy(null));
        event.getEntity().removeIf(AuditEvent.AuditEventEntityComponent::hasQuery);
        event.getMeta().setProfile(null);
        event.getText().setStatus(NarrativeStatus.GENERATED);
        event.getText().setDivAsString("<div>" + HtmlUtils.htmlEscape(words.of(row)) + "</div>");
        return event;
    }

    private boolean isOwn(String patient, RequestDetails request) {
        return access.caller(request).fhirUser().equals(Optional.of("Patient/" + patient));
    }

    private static AuditQuery query(String patient, RequestDetails request) {
        try {
            var range = new DateRangeParam(
                    text(request, "start").orElse(null), text(request, "end").orElse(null));
            return AuditQuery.ofRecord(
                    patient,
                    Optional.ofNullable(range.getLowerBoundAsInstant()).map(Date::toInstant),
                    Optional.ofNullable(range.getUpperBoundAsInstant()).map(Date::toInstant));
        } catch (DataFormatException | InvalidRequestException e) {
            throw new FailureException(Failure.invalid("Expected start and end as dates, such as 2026-03-01"));
        }
    }

    private String link(String patient, RequestDetails request, int offset) {
        var link = new StringBuilder(origin.fhirBase() + "/Patient/" + patient + "/$access-log?_count="
                + number(request, "_count", DEFAULT_COUNT) + "&_offset=" + offset);
        for (var name : new String[] {"start", "end"}) {
            text(request, name)
                    .ifPresent(
                            value -> link.append('&').append(name).append('=').append(value.replace("+", "%2B")));
        }
        return link.toString();
    }

    private static int number(RequestDetails request, String name, int otherwise) {
        return text(request, name).map(Integer::parseInt).orElse(otherwise);
    }

    private static Optional<String> text(RequestDetails request, String name) {
        return Optional.ofNullable(request.getParameters().get(name))
                .filter(values -> values.length > 0)
                .map(values -> values[0]);
    }
}
