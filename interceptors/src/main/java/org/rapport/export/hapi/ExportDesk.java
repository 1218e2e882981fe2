package org.rapport.export.hapi;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Patient;
import org.rapport.access.Caller;
import org.rapport.access.hapi.ExportAccess;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.hapi.Trails;
import org.rapport.export.ExportJobs;
import org.rapport.export.ExportOrder;
import org.rapport.export.ExportRefused;
import org.rapport.export.Requester;
import org.rapport.failure.Failure;
import org.rapport.relation.hapi.StoredSearch;
import org.springframework.transaction.support.TransactionOperations;

/** Judges an order for an export and puts it down, with its row in the audit log. */
final class ExportDesk {

    private static final int ACCEPTED = 202;
    private static final int PAGE = 200;

    private final ExportJobs jobs;
    private final Rights rights;
    private final StoredSearch stored;
    private final AuditLog log;
    private final TransactionOperations transaction;

    ExportDesk(ExportJobs jobs, Rights rights, StoredSearch stored, AuditLog log, TransactionOperations transaction) {
        this.jobs = jobs;
        this.rights = rights;
        this.stored = stored;
        this.log = log;
        this.transaction = transaction;
    }

    /**
     * Whom to ask.
     *
     * @param requests who sent a request
     * @param exports what a system may take
     */
    record Rights(OperationAccess requests, ExportAccess.Source exports) {}

    /**
     * Takes an order.
     *
     * @param url what was asked for, as the manifest names it
     * @throws ExportRefused 403 for what the caller has no right to, 404 for what there is not, 429 for one too many
     */
    UUID take(ExportOrder order, ServletRequestDetails request, String url) {
        var caller = rights.requests().caller(request);
        check(caller, order);
        var trail = Trails.of(request);
        var agent = Trails.agent(request);
        var entity = new Entity(
                Optional.of(order.group().isPresent() ? "Group" : "Patient"),
                order.group(),
                Optional.empty(),
                Optional.empty());
        var id = transaction.execute(status -> {
            var added = jobs.add(order, Requester.of(caller, agent, trail.request()), url);
            log.append(trail.entries(agent, Interaction.OPERATION, ACCEPTED, entity, Set.of()));
            return added;
        });
        trail.settle();
        return Objects.requireNonNull(id);
    }

    private void check(Caller caller, ExportOrder order) {
        var access = rights.exports().of(caller);
        if (order.patients().size() > jobs.settings().patients()) {
            throw ExportRefused.tooLarge();
        }
        boolean reachesAll = access.reaches("Patient") && order.types().stream().allMatch(access::reaches);
        if (!reachesAll) {
            throw new ExportRefused(Failure.SCOPE_MISSING);
        }
        order.group().ifPresent(id -> checkGroup(access, id));
        checkPatients(caller, access, List.copyOf(order.patients()));
    }

    private void checkGroup(ExportAccess access, String id) {
        var group = stored.find(Group.class, Set.of(id)).findFirst();
        if (group.isEmpty()) {
            throw new ExportRefused(Failure.NOT_FOUND);
        }
        if (!access.mayName(group.get())) {
            throw new ExportRefused(Failure.DENIED);
        }
    }

    /** One that there is not is told from one out of reach only to who sees them all. */
    private void checkPatients(Caller caller, ExportAccess access, List<String> named) {
        for (int from = 0; from < named.size(); from += PAGE) {
            var page = named.subList(from, Math.min(named.size(), from + PAGE));
            long open = stored.find(Patient.class, page).filter(access::mayName).count();
            if (open < page.size()) {
                throw new ExportRefused(caller.seesWholeTypes() ? Failure.NOT_FOUND : Failure.DENIED);
            }
        }
    }
}
