package org.rapport.audit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.access.hapi.PermittingConsents;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.springframework.dao.DataAccessException;

/**
 * Writes down what an answer shows before its first byte leaves: no row, no answer.
 *
 * <p>What was written is recorded with the write, a write that changed nothing here; what was refused when the request
 * ends.
 */
@Interceptor(order = ReadInterceptor.ORDER)
class ReadInterceptor {

    /** After everything that takes resources out of an answer. */
    static final int ORDER = 10_000;

    private static final int OK = 200;

    private static final Set<RestOperationTypeEnum> WRITES =
            EnumSet.of(RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.PATCH, RestOperationTypeEnum.DELETE);

    private final AnswerLog log;
    private final TouchedPatients patients;
    private final PermittingConsents consents;

    ReadInterceptor(AnswerLog log, TouchedPatients patients, PermittingConsents consents) {
        this.log = log;
        this.patients = patients;
        this.consents = consents;
    }

    /**
     * Records the patients in the answer.
     *
     * @throws FailureException 503 when the row cannot be written
     */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void record(ServletRequestDetails request, ResponseDetails response) {
        var kind = request.getRestOperationType();
        var trail = Trails.of(request);
        if (kind == RestOperationTypeEnum.METADATA) {
            trail.settle();
        }
        if (kind == null || (trail.settled() && interaction(request) != Interaction.BUNDLE)) {
            return;
        }
        append(request, trail, response.getResponseResource());
    }

    private void append(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        log.append(Trails.caller(request), rows(request, trail, shown));
        trail.settle();
    }

    private List<AuditEntry> rows(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        try {
            var rows = new ArrayList<>(
                    interaction(request) == Interaction.BUNDLE
                            ? bundled(request, trail, shown)
                            : asked(request, trail, shown));
            rows.addAll(permitted(request, trail, shown));
            return rows;
        } catch (DataAccessException e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }

    private List<AuditEntry> asked(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        var entity = entity(request, shown);
        var sent = request.getResource() instanceof Parameters parameters ? parameters : null;
        var touched = new HashSet<>(patients.of(entity, sent, shown));
        touched.addAll(trail.owners());
        return trail.entries(Trails.agent(request), interaction(request), OK, entity, touched);
    }

    /** A row for the bundle, and one for each entry that has none from its change. */
    private List<AuditEntry> bundled(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        var agent = Trails.agent(request);
        var rows = new ArrayList<>(trail.entries(agent, Interaction.BUNDLE, OK, Entity.NONE, Set.of()));
        if (shown instanceof Bundle answered) {
            BundledRequest.of(SearchInBody.bundle(request), answered)
                    .filter(entry -> !entry.isRecorded(trail))
                    .forEach(entry -> rows.addAll(
                            trail.entries(agent, entry.line(), entry.query(), entry.status(), patients(entry, trail))));
        }
        return rows;
    }

    private Set<String> patients(BundledRequest entry, AuditTrail trail) {
        if (entry.isRefused()) {
            return Set.of();
        }
        var entity = entry.line().entity();
        return entry.line().interaction() == Interaction.CREATE
                ? found(entity, trail, entry.shown())
                : patients.of(entity, entry.sent(), entry.shown());
    }

    /** What was made already, and so has no row of a change, belongs to whom it belongs, whomever that is about which was sent. */
    private Set<String> found(Entity entity, AuditTrail trail, @Nullable IBaseResource shown) {
        return trail.owners(entity).orElseGet(() -> patients.of(entity, null, shown));
    }

    /** Where the glass was broken, by which consents of its patient. */
    private List<AuditEntry> permitted(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        var resources = TouchedPatients.decided(shown)
                .filter(Resource.class::isInstance)
                .map(Resource.class::cast);
        return consents.of(request, resources).stream()
                .sorted()
                .map(rule -> trail.permitted(Trails.agent(request), OK, consent(request, rule), rule))
                .toList();
    }

    private static Entity consent(ServletRequestDetails request, String rule) {
        var id = new IdType(rule.substring(0, rule.indexOf(' ')));
        return new Entity(
                Optional.of(id.getResourceType()),
                Optional.of(id.getIdPart()),
                Optional.ofNullable(id.getVersionIdPartAsLong()),
                Trails.caller(request).flatMap(Caller::patient));
    }

    private static Interaction interaction(ServletRequestDetails request) {
        return switch (request.getRestOperationType()) {
            case CREATE -> Interaction.CREATE;
            case UPDATE -> Interaction.UPDATE;
            case PATCH -> Interaction.PATCH;
            case DELETE -> Interaction.DELETE;
            case READ -> Interaction.READ;
            case VREAD -> Interaction.VREAD;
            case HISTORY_INSTANCE -> Interaction.HISTORY_INSTANCE;
            case HISTORY_TYPE -> Interaction.HISTORY_TYPE;
            case HISTORY_SYSTEM -> Interaction.HISTORY_SYSTEM;
            case SEARCH_TYPE, SEARCH_SYSTEM, GET_PAGE -> Interaction.SEARCH;
            case TRANSACTION, BATCH -> Interaction.BUNDLE;
            default -> Interaction.OPERATION;
        };
    }

    /** A write that changed nothing names no version: the one there is has the row of the write that made it. */
    private static Entity entity(ServletRequestDetails request, @Nullable IBaseResource shown) {
        var id = Optional.ofNullable(request.getId());
        var version = Optional.ofNullable(shown)
                .filter(resource -> id.isPresent() && !(resource instanceof Bundle))
                .filter(resource -> !WRITES.contains(request.getRestOperationType()))
                .map(resource -> resource.getIdElement().getVersionIdPartAsLong());
        return new Entity(
                Optional.ofNullable(request.getResourceName()),
                id.map(each -> each.getIdPart()),
                version,
                Optional.empty());
    }
}
