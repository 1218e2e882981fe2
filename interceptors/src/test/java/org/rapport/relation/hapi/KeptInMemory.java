package org.rapport.relation.hapi;

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
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.kept.WatchedChanges;
import org.rapport.testing.TestDatabase;

/** Treating relations over resources in memory, with a change log in a database. */
final class KeptInMemory {

    private static final TestDatabase DATABASE = TestDatabase.with("V2026.11.21.10__change_log.sql");
    static final String ADAMS = "Practitioner/dr-adams";
    static final Instant VISIT = Instant.parse("2026-12-02T09:00:00Z");

    final AtomicLong nanos = new AtomicLong();
    final AtomicBoolean inTransaction = new AtomicBoolean();
    final Store store = new Store(new ArrayList<>());
    Instant now = Instant.parse("2026-11-30T12:00:00Z");
    final Clock clock = new Clock() {
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
    final WatchedChanges changes = new WatchedChanges(DATABASE.client(), nanos::get);
    final KeptRelations relations = keeping(changes);

    KeptRelations keeping(WatchedChanges watched) {
        var stored = new StoredRelations(
                store,
                new RecordOwners(new PublicOrigin("http://127.0.0.1:8080"), (type, id) -> Optional.empty()),
                new InForce(clock),
                new Visits(Duration.ofDays(3), Duration.ofDays(7)));
        return new KeptRelations(stored, watched, inTransaction::get, clock, nanos::get);
    }

    static PractitionerRole role(String start, String end) {
        return new PractitionerRole()
                .setPractitioner(new Reference(ADAMS))
                .setPeriod(new Period().setStartElement(new DateTimeType(start)).setEndElement(new DateTimeType(end)));
    }

    static Appointment visit(AppointmentStatus status, String practitioner) {
        var visit = new Appointment().setStatus(status).setStart(Date.from(VISIT));
        visit.addParticipant().setActor(new Reference("Patient/bob")).setStatus(ParticipationStatus.ACCEPTED);
        visit.addParticipant().setActor(new Reference(practitioner)).setStatus(ParticipationStatus.ACCEPTED);
        return visit;
    }

    static CareTeam team(String end) {
        var team = new CareTeam()
                .setStatus(CareTeamStatus.ACTIVE)
                .setSubject(new Reference("Patient/bob"))
                .setPeriod(new Period().setEndElement(new DateTimeType(end)));
        team.addParticipant().setMember(new Reference(ADAMS));
        return team;
    }

    static void commit(String type) {
        DATABASE.client()
                .sql("insert into change_log (resource_type, resource_id, version, kind) values (?, '1', 1, 'U')")
                .param(type)
                .update();
    }

    /** A store that finds by references alone. */
    static final class Store implements StoredSearch {

        private final List<Resource> resources;
        int searches;

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
