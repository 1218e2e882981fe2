package org.rapport.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditLog;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityEvent.Kind;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Chainer;
import org.rapport.suspicion.Limits;
import org.rapport.suspicion.Network;
import org.rapport.suspicion.People;
import org.rapport.suspicion.Suspicion;
import org.rapport.testing.AuditTables;
import org.rapport.testing.MovedClock;
import org.rapport.testing.TestDatabase;
import org.rapport.testing.TestSealing;
import org.rapport.work.Work.Step;
import org.springframework.jdbc.core.JdbcTemplate;

/** From the audit log in a real database to what is kept and told. */
class AnomalyWatchTest {

    private static final Limits LIMITS = new Limits(50, 500, 5, Set.of(), ZoneOffset.UTC);
    private static final Agent APP = Agent.client("app", "192.0.2.7");

    private final TestDatabase database = AuditTables.make();
    private final AuditLog log = new AuditLog(new JdbcTemplate(database.source()));
    private final SecurityLog security = new SecurityLog(log);
    private final Chainer chainer = new Chainer(
            new Chain(new JdbcTemplate(database.source())),
            new ChainKeys(database.client(), new TestSealing("master"), security),
            database.transactions(),
            Duration.ofDays(1));
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-29T12:00:00Z"));
    private final List<Suspicion> stored = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean storeFails;

    @BeforeEach
    void makeKeys() {
        chainer.prepare();
        chainer.step();
    }

    @Test
    void keepsAndTellsWhatItFindsOnce() {
        var watch = watch();
        reads(0, 60);
        step(watch);
        reads(60, 70);
        step(watch);

        assertThat(stored).extracting(Suspicion::rule, Suspicion::actor).containsExactly(tuple("AR-01", "app"));
        assertThat(told).containsExactly("https://fhir.example.org/fhir/Flag/1");
        assertThat(kept()).containsExactly("AR-01 app Flag/1");
    }

    @Test
    void findsWhatIsSpreadOverTwoInstances() {
        reads(0, 30);
        step(watch());
        expireLease();
        reads(30, 60);
        step(watch());

        assertThat(kept()).containsExactly("AR-01 app Flag/1");
    }

    @Test
    void leavesTheLogToTheInstanceThatIsAtIt() {
        reads(0, 60);
        database.client()
                .sql("update audit_export_cursor set lease = gen_random_uuid(),"
                        + " leased_until = now() + interval '1 minute' where name = 'anomaly'")
                .update();
        step(watch());
        assertThat(stored).isEmpty();

        expireLease();
        step(watch());
        assertThat(stored).hasSize(1);
    }

    @Test
    void tellsNothingThatCouldNotBeKeptAndTriesAgain() {
        var watch = watch();
        reuse();
        storeFails = true;
        assertThatThrownBy(() -> step(watch)).isInstanceOf(IllegalStateException.class);
        assertThat(kept()).isEmpty();
        assertThat(told).isEmpty();

        storeFails = false;
        step(watch);
        assertThat(kept()).containsExactly("AR-07 app Flag/1");
        assertThat(told).hasSize(1);
    }

    @Test
    void goesOnWithoutWhatCannotBeKept() {
        var watch = watch();
        reuse();
        storeFails = true;
        for (int attempt = 0; attempt < 5; attempt++) {
            assertThatThrownBy(() -> step(watch)).isInstanceOf(IllegalStateException.class);
        }
        step(watch);

        storeFails = false;
        reads(0, 60);
        step(watch);
        assertThat(kept()).containsExactly("AR-01 app Flag/1");
    }

    @Test
    void looksEveryThreeSeconds() {
        var watch = watch();
        step(watch);
        reuse();
        chainer.step();
        assertThat(watch.step()).isEqualTo(Step.IDLE);
        assertThat(stored).isEmpty();

        step(watch);
        assertThat(stored).hasSize(1);
    }

    @Test
    void knowsThePastOfSomebodyByTheLog() {
        var past = new LogPast(database.client(), ZoneOffset.UTC);
        var now = Instant.parse("2026-11-29T00:00:00Z");
        assertThat(past.patientsADay("dr-adams", now)).isEmpty();
        assertThat(past.hours("dr-adams", now)).isEmpty();
        assertThat(past.knows("dr-adams", new Network("203.0.113."), now)).isTrue();
        database.client()
                .sql("insert into audit_log (recorded, request, interaction, status, subject, address, patient)"
                        + " select timestamptz '2026-11-10 09:30:00Z' + d * interval '1 day', 'r', 'read', 200, 'dr-adams',"
                        + " '192.0.2.7', 'p' || p from generate_series(1, 10) d, generate_series(1, 10 + d) p")
                .update();

        assertThat(past.patientsADay("dr-adams", now)).isEqualTo(OptionalInt.of(20));
        assertThat(past.hours("dr-adams", now)).containsExactly(9);
        assertThat(past.hours("dr-adams", now.minus(Duration.ofDays(17)))).isEmpty();
        assertThat(past.knows("dr-adams", new Network("192.0.2."), now)).isTrue();
        assertThat(past.knows("dr-adams", new Network("203.0.113."), now)).isFalse();
    }

    private void step(AnomalyWatch watch) {
        chainer.step();
        clock.forward(Duration.ofSeconds(4));
        watch.step();
    }

    private void reads(int from, int until) {
        var entries = new ArrayList<AuditEntry>();
        for (int patient = from; patient < until; patient++) {
            var entity = new Entity(
                    Optional.of("Observation"), Optional.of("o"), Optional.empty(), Optional.of("p" + patient));
            entries.add(new AuditEntry("r" + patient, APP, Interaction.READ, 200, entity, Optional.empty(), 1));
        }
        log.append(entries);
    }

    private void reuse() {
        security.record(SecurityEvent.failed(Kind.TOKEN_REUSED, APP, "grant", "refresh"));
    }

    private void expireLease() {
        database.client()
                .sql("update audit_export_cursor set leased_until = now() - interval '1 minute' where name = 'anomaly'")
                .update();
    }

    private List<String> kept() {
        return database.client()
                .sql("select rule || ' ' || actor || ' ' || flag from anomaly_finding order by since")
                .query(String.class)
                .list();
    }

    private AnomalyWatch watch() {
        var findings = new Findings(database.client(), this::store, told::add, "https://fhir.example.org/fhir");
        return new AnomalyWatch(
                new AnomalyWatch.Sources(LIMITS, database.client(), new Strangers()),
                findings,
                database.transactions(),
                clock);
    }

    private String store(Suspicion suspicion) {
        if (storeFails) {
            throw new IllegalStateException("The store is away.");
        }
        stored.add(suspicion);
        return "Flag/" + stored.size();
    }

    /** Nobody treats anybody, and nobody is close. */
    private static final class Strangers implements People {

        @Override
        public boolean treats(String practitioner, String patient) {
            return false;
        }

        @Override
        public boolean areClose(String practitioner, String patient) {
            return false;
        }
    }
}
