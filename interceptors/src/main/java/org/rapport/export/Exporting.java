package org.rapport.export;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Disclosure;
import org.rapport.audit.Entity;
import org.rapport.failure.Failure;
import org.rapport.work.DatabaseTrouble;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes exports, the records of some patients in each step. What a step has written counts, and stands in the audit log,
 * from the transaction on that ends it; whoever takes over from a killed worker begins the step again.
 *
 * @param jobs what is to be made
 * @param records reads it
 * @param log is told of each patient before anything can be fetched
 * @param transaction runs the end of a step
 */
public record Exporting(ExportJobs jobs, ExportedRecords records, AuditLog log, TransactionOperations transaction)
        implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Exporting.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int PATIENTS = 20;
    private static final int MOST_ATTEMPTS = 5;

    @Override
    public String name() {
        return "export";
    }

    @Override
    public String topic() {
        return "export";
    }

    @Override
    public int parallel() {
        return jobs.settings().parallel();
    }

    @Override
    public Step step() {
        var claimed = jobs.claim(LEASE);
        claimed.ifPresent(this::take);
        return claimed.isPresent() || jobs.removeExpired() ? Step.MORE : Step.IDLE;
    }

    private void take(ExportJob job) {
        try {
            if (job.progress().attempts() > MOST_ATTEMPTS) {
                throw new ExportRefused(Failure.internal(job.id().toString()));
            }
            if (job.progress().begun()) {
                write(job);
            } else {
                begin(job);
            }
        } catch (PartWriter.LeaseLost e) {
            LOG.info("A step of an export was taken over or is not wanted any more");
        } catch (ExportRefused e) {
            LOG.warn(
                    "Export {} ends with {} {}",
                    job.id(),
                    e.failure().status(),
                    e.failure().code());
            transaction.executeWithoutResult(status -> jobs.fail(job, e.failure()));
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.isBehind(e)) {
                jobs.keep(job, Duration.ZERO);
            }
            throw e;
        }
    }

    private void begin(ExportJob job) {
        var output = new PartWriter(jobs, job, LEASE);
        var cohort = records.cohort(job, output::held);
        if (cohort.size() > jobs.settings().patients()) {
            throw ExportRefused.tooLarge();
        }
        transaction.executeWithoutResult(status -> jobs.begin(job, cohort));
    }

    private void write(ExportJob job) {
        var patients = jobs.next(job, PATIENTS);
        var output = new PartWriter(jobs, job, LEASE);
        records.read(job, patients, output);
        output.flush();
        transaction.executeWithoutResult(status -> jobs.commit(job, patients, output.disclosed(), output.bytes())
                .ifPresent(told -> log.append(disclosures(job, told))));
    }

    private static List<AuditEntry> disclosures(ExportJob job, List<String> patients) {
        var requester = job.requester();
        return patients.stream()
                .sorted()
                .map(patient -> new AuditEntry(
                        requester.request(),
                        requester.agent(),
                        Disclosure.EXPORT,
                        0,
                        disclosed(job, patient),
                        Optional.empty(),
                        1))
                .toList();
    }

    private static Entity disclosed(ExportJob job, String patient) {
        var group = job.order().group();
        return new Entity(
                Optional.of(group.isPresent() ? "Group" : "Patient"),
                group.or(() -> Optional.of(patient)),
                Optional.empty(),
                Optional.of(patient));
    }
}
