package org.rapport.audit.hapi;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Offset;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.rapport.audit.AuditQuery;
import org.rapport.audit.AuditSearch;
import org.rapport.balp.AuditEvents;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/** Reads and searches AuditEvents out of the audit log, newest first; nobody writes any. */
public final class AuditEventProvider implements IResourceProvider {

    private static final int DEFAULT_COUNT = 50;
    private static final int LARGEST_COUNT = 200;

    private final AuditSearch log;
    private final AuditEvents events;

    AuditEventProvider(AuditSearch log, AuditEvents events) {
        this.log = log;
        this.events = events;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    /**
     * One event.
     *
     * @throws FailureException 404 when there is none
     */
    @Read
    public AuditEvent read(@IdParam IdType id) {
        return Optional.of(id)
                .filter(IdType::isIdPartValidLong)
                .flatMap(number -> log.row(number.getIdPartAsLong()))
                .map(events::of)
                .orElseThrow(() -> new FailureException(Failure.NOT_FOUND));
    }

    /**
     * Events by when, whose record, who and what.
     *
     * @param date when they were recorded
     * @param patient in whose record
     * @param agent who acted, by their own resource
     * @param altid who acted, by user name or client id
     * @param entity what was acted on
     * @param action C, R, U, D or E
     * @param outcome 0 for what came about, 4 for what was refused, 8 for what failed
     */
    @Search
    public IBundleProvider search(
            @OptionalParam(name = AuditEvent.SP_DATE) @Nullable DateRangeParam date,
            @OptionalParam(name = AuditEvent.SP_PATIENT) @Nullable ReferenceOrListParam patient,
            @OptionalParam(name = AuditEvent.SP_AGENT) @Nullable ReferenceOrListParam agent,
            @OptionalParam(name = AuditEvent.SP_ALTID) @Nullable TokenOrListParam altid,
            @OptionalParam(name = AuditEvent.SP_ENTITY) @Nullable ReferenceOrListParam entity,
            @OptionalParam(name = AuditEvent.SP_ACTION) @Nullable TokenOrListParam action,
            @OptionalParam(name = AuditEvent.SP_OUTCOME) @Nullable TokenOrListParam outcome,
            @Offset @Nullable Integer offset,
            @Count @Nullable Integer count) {
        var range = Optional.ofNullable(date);
        var query = new AuditQuery(
                range.map(DateRangeParam::getLowerBoundAsInstant).map(Date::toInstant),
                range.map(DateRangeParam::getUpperBoundAsInstant).map(Date::toInstant),
                references(patient).stream().map(AuditEventProvider::lastPart).toList(),
                values(altid),
                references(agent),
                references(entity),
                values(action),
                values(outcome));
        int from = offset == null ? 0 : Math.max(0, offset);
        int most = count == null ? DEFAULT_COUNT : Math.min(LARGEST_COUNT, count);
        var page = new SimpleBundleProvider(
                log.page(query, from, most).stream().map(events::of).toList());
        page.setCurrentPageOffset(from);
        page.setCurrentPageSize(most);
        page.setSize(log.total(query));
        return page;
    }

    private static List<String> references(@Nullable ReferenceOrListParam list) {
        return list == null
                ? List.of()
                : list.getValuesAsQueryTokens().stream()
                        .map(reference -> reference.getValue())
                        .toList();
    }

    private static List<String> values(@Nullable TokenOrListParam list) {
        return list == null
                ? List.of()
                : list.getValuesAsQueryTokens().stream()
                        .map(token -> token.getValue())
                        .toList();
    }

    private static String lastPart(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
