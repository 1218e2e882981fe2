package org.rapport.relation.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.failure.hapi.FailureException;
import org.rapport.kept.WatchedChanges;
import org.rapport.testing.TestDatabase;

class KeptRelationsTest {

    private static final TestDatabase DATABASE = TestDatabase.with("V2026.11.21.10__change_log.sql");
    private static final String ADAMS = "Practitioner/dr-adams";
    private static final Instant VISIT = Instant.parse("2026-12-02T09:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean inTransaction = new AtomicBoolean();
    private final Store store = new Store(new ArrayList<>());
    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final WatchedChanges changes = new WatchedChanges(DATABASE.client(), KeptRelations.SOURCES, nanos::get);
    private final KeptRelations relations = keeping(changes);

    private KeptRelations keeping(WatchedChanges watched) {
        var stored = new StoredRelations(
                store,
                new RecordOwners(new PublicOrigin("http://127.0.0.1:8080"), (type, id) -> Optional.empty()),
                new InForce(clock),
                new Visits(Duration.ofDays(3), Duration.ofDays(7)));
        return new KeptRelations(stored, watched, inTransaction::get, clock, nanos::get);
    }

    @Test
    void areReadOnce() {
        store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
        int searches = store.searches;
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
        assertThat(store.searches).isEqualTo(searches);
    }

    @Test
    void areReadAgainWithinASecondOfAChangeAnywhere() {
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
        store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        commit("Patient");
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
    }

    @Test
    void areReadAgainAtOnceAfterAChangeHere() {
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
        store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        commit("Patient");
        changes.changed("Patient");
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
    }

    @Test
    void areByNowForWhoWrites() {
        store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
        int searches = store.searches;
        assertThat(relations.byNow().patientsOf(ADAMS)).containsExactly("alice");
        assertThat(store.searches).isEqualTo(searches);
        store.clear();
        commit("Patient");
        assertThat(relations.byNow().patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areNotKeptFromATransactionThatMayNeverCommit() {
        inTransaction.set(true);
        store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
        store.clear();
        inTransaction.set(false);
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void beginAndEndWithTheirPeriods() {
        store.add("r", role("2026-11-30T12:00:10Z", "2026-11-30T12:00:20Z"));
        store.add("alice", new Patient().addGeneralPractitioner(new Reference("PractitionerRole/r")));
        store.add("t", team("2026-11-30T12:00:15Z"));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("bob");
        now = Instant.parse("2026-11-30T12:00:10Z");
        assertThat(relations.patientsOf(ADAMS)).containsExactlyInAnyOrder("alice", "bob");
        now = Instant.parse("2026-11-30T12:00:16Z");
        assertThat(relations.patientsOf(ADAMS)).containsExactly("alice");
        now = Instant.parse("2026-11-30T12:00:21Z");
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areVisitsFromSomeDaysBeforeUntilSomeDaysAfter() {
        store.add("v", visit(AppointmentStatus.BOOKED, ADAMS));
        now = VISIT.minus(Duration.ofDays(3)).minusSeconds(1);
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
        now = VISIT.minus(Duration.ofDays(3));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("bob");
        now = VISIT.plus(Duration.ofDays(7)).minusSeconds(1);
        assertThat(relations.patientsOf(ADAMS)).containsExactly("bob");
        now = VISIT.plus(Duration.ofDays(7));
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AppointmentStatus.class)
    void areVisitsThatAreAgreedOn(AppointmentStatus status) {
        var agreed = Set.of("booked", "arrived", "checked-in", "fulfilled");
        now = VISIT;
        store.add("v", visit(status, ADAMS));
        assertThat(relations.patientsOf(ADAMS))
                .hasSize(
                        Optional.ofNullable(status.toCode())
                                        .filter(agreed::contains)
                                        .isPresent()
                                ? 1
                                : 0);
    }

    @Test
    void areNotWithWhoDeclines() {
        now = VISIT;
        var declined = visit(AppointmentStatus.BOOKED, ADAMS);
        declined.getParticipant().get(0).setStatus(ParticipationStatus.DECLINED);
        store.add("by-patient", declined);
        var away = visit(AppointmentStatus.BOOKED, ADAMS);
        away.getParticipant().get(1).setStatus(ParticipationStatus.DECLINED);
        store.add("by-doctor", away);
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areVisitsByARoleAsLongAsItIsInForce() {
        now = VISIT;
        store.add("r", role("2026-11-30T12:00:10Z", "2026-12-03T00:00:00Z"));
        store.add("v", visit(AppointmentStatus.BOOKED, "PractitionerRole/r"));
        assertThat(relations.patientsOf(ADAMS)).containsExactly("bob");
        now = Instant.parse("2026-12-04T00:00:00Z");
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areReadAgainWhenAVisitIsCalledOff() {
        now = VISIT;
        var visit = visit(AppointmentStatus.BOOKED, ADAMS);
        store.add("v", visit);
        assertThat(relations.patientsOf(ADAMS)).containsExactly("bob");
        visit.setStatus(AppointmentStatus.CANCELLED);
        commit("Appointment");
        changes.changed("Appointment");
        assertThat(relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areUnknownWhenNobodyCanTellWhetherTheyChanged() {
        var away = keeping(new WatchedChanges(TestDatabase.with().client(), KeptRelations.SOURCES, nanos::get));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> away.patientsOf(ADAMS));
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> away.byNow().patientsOf(ADAMS));
    }

    private static PractitionerRole role(String start, String end) {
        return new PractitionerRole()
                .setPractitioner(new Reference(ADAMS))
                .setPeriod(new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end)));
    }

    private static Appointment visit(AppointmentStatus status, String practitioner) {
        var visit = new Appointment().setStatus(status).setStart(Date.from(VISIT));
        visit.addParticipant().setActor(new Reference("Patient/bob")).setStatus(ParticipationStatus.ACCEPTED);
        visit.addParticipant().setActor(new Reference(practitioner)).setStatus(ParticipationStatus.ACCEPTED);
        return visit;
    }

    private static CareTeam team(String end) {
        var team = new CareTeam()
                .setStatus(CareTeamStatus.ACTIVE)
                .setSubject(new Reference("Patient/bob"))
                .setPeriod(new Period().setEndElement(new DateTimeType(end)));
        team.addParticipant().setMember(new Reference(ADAMS));
        return team;
    }

    private static void commit(String type) {
        DATABASE.client()
                .sql("insert into change_log (resource_type, resource_id, version, kind) values (?, '1', 1, 'U')")
                .param(type)
                .update();
    }

    /** A store that finds by references alone. */
    private static final class Store implements StoredSearch {

        private final List<Resource> resources;
        private int searches;

        Store(List<Resource> resources) {
            this.resources = resources;
        }

        void add(String id, Resource resource) {
            resource.setId(resource.fhirType() + "/" + id);
            resources.add(resource);
        }

        void clear() {
            resources.clear();
        }

        @Override
        public <T extends Resource> Stream<T> find(Class<T> type, SearchParameterMap search) {
            searches++;
            var wanted = search.values().stream()
                    .flatMap(List::stream)
                    .flatMap(List::stream)
                    .filter(ReferenceParam.class::isInstance)
                    .map(value -> ((ReferenceParam) value).getValue())
                    .toList();
            return resources.stream()
                    .filter(resource ->
                            type.isInstance(resource) && references(resource).anyMatch(wanted::contains))
                    .map(type::cast);
        }

        private static Stream<String> references(Resource resource) {
            var found = Set.of(resource).stream()
                    .flatMap(each -> each instanceof Patient patient
                            ? patient.getGeneralPractitioner().stream()
                            : each instanceof CareTeam team
                                    ? team.getParticipant().stream().map(member -> member.getMember())
                                    : each instanceof Appointment visit
                                            ? visit.getParticipant().stream().map(member -> member.getActor())
                                            : Stream.of(((PractitionerRole) each).getPractitioner()));
            return found.map(Reference::getReference);
        }
    }
}
