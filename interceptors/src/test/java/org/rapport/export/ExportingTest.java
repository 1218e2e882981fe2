package org.rapport.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.rapport.access.Caller;
import org.rapport.access.Scope;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditLog;
import org.rapport.export.ExportedRecords.Line;
import org.rapport.export.ExportedRecords.Output;
import org.rapport.testing.AuditTables;
import org.rapport.testing.OwnThread;
import org.rapport.testing.TestDatabase;
import org.rapport.work.Work.Step;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

class ExportingTest {

    private static final Duration DEAD = Duration.ofMillis(-1);
    private static final DataSize FILE = DataSize.ofMegabytes(1);
    private static final Set<String> COHORT =
            IntStream.range(10, 55).mapToObj(number -> "p" + number).collect(Collectors.toSet());

    private final TestDatabase database = AuditTables.with("V2026.11.30.10__export.sql");
    private final ExportOutput output = new ExportOutput(database.client(), FILE);
    private ExportJobs jobs = jobs(DataSize.ofMegabytes(10), Duration.ofHours(1));

    @Test
    void writesEachPatientOnceAndTellsTheLogOfEachOnce() {
        var id = kickOff("app");
        finish(reading(ExportingTest::oneEach));
        assertThat(lines(id, "Observation")).hasSize(COHORT.size()).doesNotHaveDuplicates();
        assertThat(disclosed()).containsExactlyInAnyOrderElementsOf(COHORT);
        assertThat(output.files(id)).containsExactly(new ExportOutput.OutputFile("Observation", 0));
    }

    @Test
    void tellsOfAllPatientsOfASharedResourceOnce() {
        kickOff("app");
        finish(reading((patients, sink) -> {
            oneEach(patients, sink);
            if (patients.contains("p10")) {
                sink.add(new Line("Appointment", Set.of("p10", "p54"), "{}"));
            }
        }));
        assertThat(disclosed()).containsExactlyInAnyOrderElementsOf(COHORT);
    }

    @Test
    void takesOverFromAKilledWorkerAndDropsWhatItWrote() {
        var id = kickOff("app");
        var worker = reading(ExportingTest::oneEach);
        worker.step();
        var killed = jobs.claim(DEAD).orElseThrow();
        var patients = jobs.next(killed, 20);
        var half = new PartWriter(jobs, killed, DEAD);
        oneEach(patients, half);
        half.flush();

        finish(worker);
        assertThat(lines(id, "Observation")).hasSize(COHORT.size()).doesNotHaveDuplicates();
        assertThat(disclosed()).containsExactlyInAnyOrderElementsOf(COHORT);

        assertThat(jobs.commit(killed, patients, patients, 1))
                .as("of the killed one")
                .isEmpty();
        assertThat(jobs.keep(killed, Duration.ofMinutes(1))).isFalse();
        assertThatThrownBy(() -> {
                    half.add(new Line("Observation", Set.of("p10"), "{}"));
                    half.flush();
                })
                .isInstanceOf(PartWriter.LeaseLost.class);
        assertThat(lines(id, "Observation")).hasSize(COHORT.size());
    }

    @Test
    void isLeftToWhoHoldsTheLease() {
        kickOff("app");
        assertThat(jobs.claim(Duration.ofMinutes(1))).isPresent();
        assertThat(jobs.claim(Duration.ofMinutes(1))).isEmpty();
        assertThat(reading(ExportingTest::oneEach).step()).isEqualTo(Step.IDLE);
    }

    @Test
    void beginsWhenAllIsCommittedThatWasBeingWritten() {
        database.transactions().executeWithoutResult(open -> {
            database.client().sql("select pg_current_xact_id()").query(row -> {});
            var claimed = CompletableFuture.supplyAsync(
                    () -> {
                        kickOff("app");
                        return jobs.claim(DEAD);
                    },
                    OwnThread.EACH);
            assertThat(claimed.join()).isEmpty();
        });
        assertThat(jobs.claim(DEAD)).isPresent();
    }

    @Test
    void stopsWhenItIsDeletedMeanwhile() {
        var id = kickOff("app");
        var worker = reading((patients, sink) -> {
            oneEach(patients, sink);
            output.delete(id, "app");
        });
        finish(worker);
        assertThat(output.status(id, "app")).isEmpty();
        assertThat(disclosed()).isEmpty();
        assertThat(count("export_part")).isZero();
    }

    @Test
    void isGivenUpWhenItIsTooLarge() {
        jobs = jobs(DataSize.ofBytes(100), Duration.ofHours(1));
        var id = kickOff("app");
        finish(reading(ExportingTest::oneEach));
        assertThat(failure(id)).isEqualTo("400 too-costly");
        assertThat(count("export_part")).isZero();
    }

    @Test
    void isGivenUpAfterFiveAttempts() {
        var id = kickOff("app");
        var worker = reading((patients, sink) -> {
            throw new IllegalStateException("of a patient");
        });
        worker.step();
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(worker::step).isInstanceOf(IllegalStateException.class);
        }
        finish(worker);
        assertThat(failure(id)).isEqualTo("500 exception");
    }

    @Test
    void belongsToTheClientThatAskedForIt() {
        var id = kickOff("app");
        finish(reading(ExportingTest::oneEach));
        var file = output.files(id).get(0);
        assertThat(output.parts(id, "app", file)).isNotEmpty();
        assertThat(output.parts(id, "other", file)).isEmpty();
        assertThat(output.status(id, "other")).isEmpty();
        assertThat(output.delete(id, "other")).isFalse();
        assertThat(output.delete(id, "app")).isTrue();
        assertThat(output.parts(id, "app", file)).isEmpty();
    }

    @Test
    void runsTwiceForAClientAtMost() {
        kickOff("app");
        kickOff("app");
        assertThatThrownBy(() -> kickOff("app")).isInstanceOfSatisfying(ExportRefused.class, refused -> {
            assertThat(refused.failure().status()).isEqualTo(429);
            assertThat(refused.failure().headers()).containsKey("Retry-After");
        });
        kickOff("other");
        finish(reading(ExportingTest::oneEach));
        kickOff("app");
    }

    @Test
    void isRemovedWhenItsTimeIsOver() {
        jobs = jobs(DataSize.ofMegabytes(10), DEAD);
        var id = kickOff("app");
        assertThat(output.status(id, "app")).isEmpty();
        finish(reading(ExportingTest::oneEach));
        assertThat(count("export_job")).isZero();
        assertThat(count("export_part")).isZero();
    }

    @Test
    void isCutIntoFiles() {
        var id = kickOff("app");
        finish(reading((patients, sink) -> patients.forEach(
                patient -> sink.add(new Line("Observation", Set.of(patient), patient + "x".repeat(100_000))))));
        var files = output.files(id);
        assertThat(files).hasSizeGreaterThan(3);
        assertThat(lines(id, "Observation")).hasSize(COHORT.size()).doesNotHaveDuplicates();
    }

    private static void oneEach(Set<String> patients, Output sink) {
        sink.held();
        patients.forEach(patient -> sink.add(new Line("Observation", Set.of(patient), "{\"of\":\"" + patient + "\"}")));
    }

    private Exporting reading(BiConsumer<Set<String>, Output> reading) {
        var records = new ExportedRecords() {
            @Override
            public Set<String> cohort(ExportJob job, Runnable held) {
                held.run();
                return COHORT;
            }

            @Override
            public void read(ExportJob job, Set<String> patients, Output sink) {
                reading.accept(patients, sink);
            }
        };
        var log = new AuditLog(new JdbcTemplate(database.source()));
        return new Exporting(jobs, records, log, database.transactions());
    }

    private static void finish(Exporting worker) {
        while (worker.step() == Step.MORE) {
            assertThat(worker.parallel()).isPositive();
        }
    }

    private UUID kickOff(String client) {
        var caller = new Caller(
                client,
                client,
                Set.of(Caller.Role.SYSTEM),
                Scope.parseAll("system/*.rs"),
                Optional.empty(),
                Optional.empty());
        var requester = Requester.of(caller, Agent.client(client, "192.0.2.9"), "request-1");
        var order = new ExportOrder(Optional.of("g"), Set.of(), Set.of("Observation"), Optional.empty());
        var id = database.transactions().execute(status -> jobs.add(order, requester, "url"));
        database.client()
                .sql("update export_job set transaction_time = now() - interval '2 seconds'")
                .update();
        return Objects.requireNonNull(id);
    }

    private ExportJobs jobs(DataSize size, Duration keep) {
        return new ExportJobs(database.client(), new ExportSettings(2, 1, keep, 100, size, DataSize.ofGigabytes(1)));
    }

    private List<String> lines(UUID id, String type) {
        var lines = new ArrayList<String>();
        for (var file : output.files(id)) {
            assertThat(file.type()).isEqualTo(type);
            output.parts(id, "app", file)
                    .forEach(part -> unpacked(output.part(id, part).orElseThrow())
                            .lines()
                            .forEach(lines::add));
        }
        return lines;
    }

    private static String unpacked(byte[] packed) {
        try (var text = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String failure(UUID id) {
        var failed = (ExportStatus.Failed) output.status(id, "app").orElseThrow();
        return failed.failure().status() + " " + failed.failure().code();
    }

    private List<String> disclosed() {
        return database.client()
                .sql(
                        "select patient from audit_log where interaction = 'export' and client = 'app' and purpose = 'TREAT'")
                .query(String.class)
                .list();
    }

    private long count(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }
}
