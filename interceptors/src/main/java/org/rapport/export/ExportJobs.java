package org.rapport.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.audit.Agent;
import org.rapport.failure.Failure;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The exports that wait, run or are kept. Leases go by the database's time, which all instances share.
 *
 * @param database joins the transaction that runs
 * @param settings how much there may be
 */
public record ExportJobs(JdbcClient database, ExportSettings settings) {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST = 200;

    /**
     * Adds one, in the transaction that decides on it.
     *
     * @param url what was asked for, as the manifest names it
     * @throws ExportRefused 429 when the client has too many under way, 503 when too much is kept
     */
    public UUID add(ExportOrder order, Requester requester, String url) {
        var caller = requester.caller();
        database.sql("select pg_advisory_xact_lock(hashtextextended('export ' || ?, 0))")
                .param(caller.clientId())
                .query(row -> {});
        if (number("select count(*) from export_job where client = ? and state in ('W', 'R')", caller.clientId())
                >= settings.running()) {
            throw new ExportRefused(Failure.throttled(PAUSE));
        }
        if (number("select coalesce(sum(bytes), 0) from export_job where expires_at > clock_timestamp()")
                >= settings.store().toBytes()) {
            throw new ExportRefused(Failure.UNAVAILABLE);
        }
        return database.sql("insert into export_job (subject, client, scopes, purpose, address, token, request, url,"
                        + " of_group, types, patients, since, expires_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " clock_timestamp() + ? * interval '1 millisecond') returning id")
                .params(
                        caller.subject(),
                        caller.clientId(),
                        caller.scopes().stream().map(Scope::text).collect(Collectors.joining(" ")),
                        caller.purpose().orElseThrow(),
                        requester.agent().address().orElse(null),
                        requester.agent().authority().token().orElse(null),
                        requester.request(),
                        url,
                        order.group().orElse(null),
                        sorted(order.types()),
                        sorted(order.patients()),
                        order.since().map(Timestamp::from).orElse(null),
                        settings.keep().toMillis())
                .query(UUID.class)
                .single();
    }

    /**
     * Leases the one that has waited longest for its next step, and drops at once what a former holder left unfinished. Its first step waits until everything has ended that was
     * being written when it was asked for.
     */
    Optional<ExportJob> claim(Duration lease) {
        return database.sql("with claimed as (update export_job set lease = gen_random_uuid(), attempts = attempts + 1,"
                        + " stepped_at = clock_timestamp(), leased_until = clock_timestamp() + ? * interval '1 millisecond'"
                        + " where id = (select id from export_job where state in ('W', 'R')"
                        + " and (leased_until is null or leased_until < clock_timestamp())"
                        + " and (state = 'R' or (transaction < pg_snapshot_xmin(pg_current_snapshot())"
                        + " and transaction_time < clock_timestamp() - interval '1 second'))"
                        + " order by stepped_at nulls first, id limit 1 for update skip locked) returning *),"
                        + " dropped as (delete from export_part part using claimed"
                        + " where part.export = claimed.id and part.lease is not null)"
                        + " select * from claimed")
                .param(lease.toMillis())
                .query((row, index) -> job(row))
                .optional();
    }

    /** Holds a lease for that much longer from now; false when it is lost. */
    boolean keep(ExportJob job, Duration lease) {
        return database.sql("update export_job set leased_until = clock_timestamp() + ? * interval '1 millisecond'"
                                + " where id = ? and lease = ? and state in ('W', 'R')")
                        .params(lease.toMillis(), job.id(), job.lease())
                        .update()
                == 1;
    }

    /** Notes whose records it is about, in a transaction; false when the lease is lost. */
    boolean begin(ExportJob job, Set<String> cohort) {
        boolean held = ends(job, "state = case when ? then 'D' else 'R' end", cohort.isEmpty());
        if (held) {
            database.sql("insert into export_patient (export, patient) select ?, unnest(?::text[])")
                    .params(job.id(), sorted(cohort))
                    .update();
        }
        return held;
    }

    /** The patients whose turn it is. */
    Set<String> next(ExportJob job, int most) {
        return Set.copyOf(database.sql(
                        "select patient from export_patient where export = ? and not done order by patient limit ?")
                .params(job.id(), most)
                .query(String.class)
                .list());
    }

    /** Which of these patients it is about. */
    Set<String> among(ExportJob job, Set<String> patients) {
        return Set.copyOf(
                database.sql("select patient from export_patient where export = ? and patient = any(?::text[])")
                        .params(job.id(), sorted(patients))
                        .query(String.class)
                        .list());
    }

    /**
     * Keeps what a step has written, in a transaction.
     *
     * @param done whose turn it was
     * @param disclosed whose data was written
     * @param bytes how much was written
     * @return those of whom nothing was disclosed before; empty when the lease is lost
     */
    Optional<List<String>> commit(ExportJob job, Set<String> done, Set<String> disclosed, long bytes) {
        var patients = sorted(done);
        boolean held = ends(
                job,
                "bytes = bytes + ?, state = case when exists (select from export_patient p where p.export = export_job.id"
                        + " and not p.done and p.patient <> all(?::text[])) then 'R' else 'D' end",
                bytes,
                patients);
        if (!held) {
            return Optional.empty();
        }
        database.sql("update export_part set lease = null where export = ? and lease = ?")
                .params(job.id(), job.lease())
                .update();
        database.sql("update export_patient set done = true where export = ? and patient = any(?::text[])")
                .params(job.id(), patients)
                .update();
        return Optional.of(database.sql("update export_patient set disclosed = true where export = ?"
                        + " and patient = any(?::text[]) and not disclosed returning patient")
                .params(job.id(), sorted(disclosed))
                .query(String.class)
                .list());
    }

    /** Ends a step: the lease is given back, and what it has made counts for the time that exports are kept. */
    private boolean ends(ExportJob job, String what, Object... values) {
        return database.sql("update export_job set " + what + ", attempts = 0, lease = null, leased_until = null,"
                                + " expires_at = clock_timestamp() + ? * interval '1 millisecond'"
                                + " where id = ? and lease = ? and state in ('W', 'R')")
                        .params(Stream.concat(
                                        Stream.of(values),
                                        Stream.of(settings.keep().toMillis(), job.id(), job.lease()))
                                .toList())
                        .update()
                == 1;
    }

    /** Gives it up, in a transaction: nothing of its output is kept. */
    void fail(ExportJob job, Failure why) {
        if (ends(
                job,
                "state = 'F', bytes = 0, status = ?, code = ?, diagnostics = ?",
                why.status(),
                why.code(),
                why.diagnostics()
                        .substring(0, Math.min(LONGEST, why.diagnostics().length())))) {
            database.sql("delete from export_part where export = ?")
                    .param(job.id())
                    .update();
            database.sql("delete from export_patient where export = ?")
                    .param(job.id())
                    .update();
        }
    }

    /** Removes one whose time is over, and says whether there was one. */
    boolean removeExpired() {
        return database.sql("delete from export_job where id = (select id from export_job"
                                + " where expires_at < clock_timestamp() limit 1 for update skip locked)")
                        .update()
                == 1;
    }

    private long number(String query, Object... parameters) {
        return database.sql(query).params(parameters).query(Long.class).single();
    }

    private static String[] sorted(Set<String> values) {
        return values.stream().sorted().toArray(String[]::new);
    }

    private static ExportJob job(ResultSet row) throws SQLException {
        var order = new ExportOrder(
                Optional.ofNullable(row.getString("of_group")),
                set(row, "patients"),
                set(row, "types"),
                Optional.ofNullable(row.getTimestamp("since")).map(Timestamp::toInstant));
        Instant until = row.getTimestamp("transaction_time").toInstant();
        return new ExportJob(
                row.getObject("id", UUID.class),
                row.getObject("lease", UUID.class),
                order,
                requester(row),
                until,
                new ExportJob.Progress(
                        row.getString("state").equals("R"), row.getLong("bytes"), row.getInt("attempts")));
    }

    private static Requester requester(ResultSet row) throws SQLException {
        var subject = row.getString("subject");
        var client = row.getString("client");
        var purpose = Optional.of(row.getString("purpose"));
        var caller = new Caller(
                subject,
                client,
                Set.of(Caller.Role.SYSTEM),
                Scope.parseAll(row.getString("scopes")),
                Optional.empty(),
                Optional.empty(),
                purpose);
        var agent = new Agent(
                Optional.of(subject),
                Optional.of(client),
                Optional.empty(),
                Optional.ofNullable(row.getString("address")),
                new Agent.Authority(Optional.ofNullable(row.getString("token")), purpose));
        return new Requester(caller, agent, row.getString("request"));
    }

    private static Set<String> set(ResultSet row, String column) throws SQLException {
        return Set.of((String[]) row.getArray(column).getArray());
    }
}
