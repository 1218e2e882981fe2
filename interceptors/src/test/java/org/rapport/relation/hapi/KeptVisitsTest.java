package org.rapport.relation.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.relation.hapi.KeptInMemory.ADAMS;
import static org.rapport.relation.hapi.KeptInMemory.VISIT;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeptVisitsTest {

    private final KeptInMemory kept = new KeptInMemory();

    @Test
    void areVisitsFromSomeDaysBeforeUntilSomeDaysAfter() {
        kept.store.add("v", KeptInMemory.visit(AppointmentStatus.BOOKED, ADAMS));
        kept.now = VISIT.minus(Duration.ofDays(3)).minusSeconds(1);
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
        kept.now = VISIT.minus(Duration.ofDays(3));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
        kept.now = VISIT.plus(Duration.ofDays(7)).minusSeconds(1);
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
        kept.now = VISIT.plus(Duration.ofDays(7));
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AppointmentStatus.class)
    void areVisitsThatAreAgreedOn(AppointmentStatus status) {
        var agreed = Set.of("booked", "arrived", "checked-in", "fulfilled");
        kept.now = VISIT;
        kept.store.add("v", KeptInMemory.visit(status, ADAMS));
        assertThat(kept.relations.patientsOf(ADAMS))
                .hasSize(
                        Optional.ofNullable(status.toCode())
                                        .filter(agreed::contains)
                                        .isPresent()
                                ? 1
                                : 0);
    }

    @Test
    void areNotWithWhoDeclines() {
        kept.now = VISIT;
        var declined = KeptInMemory.visit(AppointmentStatus.BOOKED, ADAMS);
        declined.getParticipant().get(0).setStatus(ParticipationStatus.DECLINED);
        kept.store.add("by-patient", declined);
        var away = KeptInMemory.visit(AppointmentStatus.BOOKED, ADAMS);
        away.getParticipant().get(1).setStatus(ParticipationStatus.DECLINED);
        kept.store.add("by-doctor", away);
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areVisitsByARoleAsLongAsItIsInForce() {
        kept.now = VISIT;
        kept.store.add("r", KeptInMemory.role("2026-11-30T12:00:10Z", "2026-12-03T00:00:00Z"));
        kept.store.add("v", KeptInMemory.visit(AppointmentStatus.BOOKED, "PractitionerRole/r"));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
        kept.now = Instant.parse("2026-12-04T00:00:00Z");
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areReadAgainWhenAVisitIsCalledOff() {
        kept.now = VISIT;
        var visit = KeptInMemory.visit(AppointmentStatus.BOOKED, ADAMS);
        kept.store.add("v", visit);
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
        visit.setStatus(AppointmentStatus.CANCELLED);
        KeptInMemory.commit("Appointment");
        kept.changes.changed("Appointment");
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
    }

    @Test
    void areReadAgainForTheirVisitsAloneAfterABooking() {
        kept.now = VISIT;
        kept.store.add("alice", new Patient().addGeneralPractitioner(new Reference(ADAMS)));
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("alice");
        int searches = kept.store.searches;
        kept.store.add("v", KeptInMemory.visit(AppointmentStatus.BOOKED, ADAMS));
        KeptInMemory.commit("Appointment");
        kept.changes.changed("Appointment");
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactlyInAnyOrder("alice", "bob");
        assertThat(kept.store.searches).isEqualTo(searches + 1);
    }

    /** Who else has come to a role comes to its visits. */
    @Test
    void areReadAgainForTheirVisitsToo() {
        kept.now = VISIT;
        kept.store.add("v", KeptInMemory.visit(AppointmentStatus.BOOKED, "PractitionerRole/r"));
        assertThat(kept.relations.patientsOf(ADAMS)).isEmpty();
        kept.store.add("r", KeptInMemory.role("2026-11-30T12:00:10Z", "2026-12-03T00:00:00Z"));
        KeptInMemory.commit("PractitionerRole");
        kept.changes.changed("PractitionerRole");
        assertThat(kept.relations.patientsOf(ADAMS)).containsExactly("bob");
    }
}
