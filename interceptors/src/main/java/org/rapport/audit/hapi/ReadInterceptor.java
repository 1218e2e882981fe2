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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.Caller;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.PermittingConsents;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditTrail;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.relation.hapi.AttachedFile;
import org.rapport.relation.hapi.StoredDocuments;
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
    private final RecordOwners owners;
    private final StoredDocuments documents;
    private final PermittingConsents consents;

    ReadInterceptor(AnswerLog log, RecordOwners owners, StoredDocuments documents, PermittingConsents consents) {
        this.log = log;
        this.owners = owners;
        this.documents = documents;
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
        if (kind == null || (trail.settled() && !asks(request))) {
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
            var rows = new ArrayList<>(trail.entries(
                    Trails.agent(request), interaction(request), OK, entity(request, shown), patients(request, shown)));
            rows.addAll(permitted(request, trail, shown));
            return rows;
        } catch (DataAccessException e) {
            throw new FailureException(Failure.UNAVAILABLE);
        }
    }

    /** Where the glass was broken, by which consents of its patient. */
    private List<AuditEntry> permitted(ServletRequestDetails request, AuditTrail trail, @Nullable IBaseResource shown) {
        var resources = contents(shown).filter(Resource.class::isInstance).map(Resource.class::cast);
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

    /** Whether a bundle, whose writes have rows already, also reads. */
    private static boolean asks(ServletRequestDetails request) {
        return request.getResource() instanceof Bundle bundle
                && bundle.getEntry().stream()
                        .anyMatch(entry -> entry.getRequest().getMethod() == HTTPVerb.GET);
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

    /** Those in the answer, and those whose record was asked for, be it by name or by what an operation was to look at. */
    private Set<String> patients(ServletRequestDetails request, @Nullable IBaseResource shown) {
        var patients = new HashSet<String>();
        if ("Patient".equals(request.getResourceName()) && request.getId() != null) {
            patients.add(request.getId().getIdPart());
        }
        if (request.getResource() instanceof Parameters asked) {
            asked.getParameter().forEach(parameter -> collect(parameter.getResource(), patients));
            patients.removeIf(id -> !new IdType("Patient", id).isIdPartValid());
        }
        collect(shown, patients);
        documents.naming(files(shown)).forEach(document -> patients.addAll(owners.patients(document)));
        return patients;
    }

    /** A file is about the patients of the documents that name it. */
    private static Set<AttachedFile> files(@Nullable IBaseResource shown) {
        return contents(shown)
                .filter(Binary.class::isInstance)
                .flatMap(file -> AttachedFile.names((Binary) file, true).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<IBaseResource> contents(@Nullable IBaseResource shown) {
        return shown instanceof Bundle bundle
                ? bundle.getEntry().stream().flatMap(entry -> contents(entry.getResource()))
                : Stream.ofNullable(shown);
    }

    private void collect(@Nullable IBaseResource shown, Set<String> patients) {
        if (shown instanceof Bundle bundle) {
            bundle.getEntry().forEach(entry -> collect(entry.getResource(), patients));
        } else if (shown instanceof Resource resource) {
            patients.addAll(owners.patients(resource));
        }
    }
}
