package org.rapport.relation.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rapport.relation.hapi.KeptInMemory.ADAMS;

import java.time.Duration;
import java.time.Instant;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.rapport.failure.hapi.FailureException;
import org.rapport.kept.WatchedChanges;
import org.rapport.testing.TestDatabase;

class KeptRelationsTest {

    private final KeptInMemory kept = new KeptInMemory();

    @Test
    void areReadOnce() {
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        int searches = kept.store.searches;
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        assertThat(kept.store.searches).isEqualTo(searches);
    }

    @Test
    void areReadAgainWithinASecondOfAChangeAnywhere() {
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        KeptInMemory.commit("Patient");
        kept.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
    }

    @Test
    void areReadAgainAtOnceAfterAChangeHere() {
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        KeptInMemory.commit("Patient");
        kept.changes.changed("Patient");
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
    }

    @Test
    void areByNowForWhoWrites() {
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        int searches = kept.store.searches;
        assertThat(kept.relations.byNow().patientsOf(ADAMS)).containsExactly("alice");
        assertThat(kept.store.searches).isEqualTo(searches);
        kept.store.clear();
        KeptInMemory.commit("Patient");
        assertThat(kept.relations.byNow().patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areNotKeptFromATransactionThatMayNeverCommit() {
        kept.inTransaction.set(true);
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        kept.store.clear();
        kept.inTransaction.set(false);
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void beginAndEndWithTheirPeriods() {
        kept.store.add("r", KeptInMemory.role("2026-11-30T12:00:10Z", "2026-11-30T12:00:20Z"));
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference("PractitionerRole/r")));
        kept.store.add("t", KeptInMemory.team("2026-11-30T12:00:15Z"));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
        kept.now = Instant.parse("2026-11-30T12:00:10Z");
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactlyInAnyOrder("alice", "bob");
        kept.now = Instant.parse("2026-11-30T12:00:16Z");
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        kept.now = Instant.parse("2026-11-30T12:00:21Z");
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areUnknownWhenNobodyCanTellWhetherTheyChanged() {
        var away = kept.keeping(new WatchedChanges(TestDatabase.with().client(), kept.nanos::get));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> away.patientsOf(ADAMS));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> away.byNow().patientsOf(ADAMS));
    }
}
