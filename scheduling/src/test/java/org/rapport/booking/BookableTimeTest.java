package org.rapport.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.rapport.booking.TestAppointments.NOON;
import static org.rapport.booking.TestAppointments.slot;
import static org.rapport.booking.TestAppointments.time;
import static org.rapport.booking.TestAppointments.with;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Slot.SlotStatus;
import org.junit.jupiter.api.Test;

class BookableTimeTest {

    private static final Instant BEFORE = NOON.minusSeconds(1);
    private static final Reference ALICE = new Reference("Patient/alice");

    @Test
    void isOfOneSlotOrOfSeveralThatFollowEachOther() {
        var both = time(slot("b", "2026-12-01T13:30:00+01:00"), slot("a", "2026-12-01T12:00:00Z"));
        assertThat(both.start()).isEqualTo(NOON);
        assertThat(both.end()).isEqualTo(Instant.parse("2026-12-01T13:00:00Z"));
        assertRefused(422, () -> time());
        assertRefused(422, () -> time(slot("a", "2026-12-01T12:00:00Z"), slot("b", "2026-12-01T12:31:00Z")));
        assertRefused(422, () -> time(slot("a", "2026-12-01T12:00:00Z"), slot("b", "2026-12-01T12:15:00Z")));
        assertRefused(
                422,
                () -> time(
                        slot("a", "2026-12-01T12:00:00Z"),
                        slot("b", "2026-12-01T12:30:00Z").setSchedule(new Reference("Schedule/s2"))));
    }

    @Test
    void isOfferedWhileFreeAndToCome() {
        noon().requireOffered(BEFORE);
        assertRefused(422, () -> noon().requireOffered(NOON));
        for (var status : List.of(SlotStatus.BUSY, SlotStatus.BUSYTENTATIVE, SlotStatus.BUSYUNAVAILABLE)) {
            assertRefused(
                    409,
                    () -> time(slot("a", "2026-12-01T12:00:00Z").setStatus(status))
                            .requireOffered(BEFORE));
        }
        assertRefused(422, () -> {
            var closed = noon();
            closed.schedule().setActive(false);
            closed.requireOffered(BEFORE);
        });
    }

    @Test
    void makesTheVisitWithThoseWhoseTimeItIs() {
        var visit = noon().visit(new Appointment().setDescription("Check-up"), ALICE, BEFORE);
        assertThat(visit.getParticipant())
                .extracting(participant -> participant.getActor().getReference() + " "
                        + participant.getStatus().toCode())
                .containsExactly(
                        "Patient/alice needs-action", "Practitioner/dr-adams accepted", "Location/loc-north accepted");
        assertThat(visit.getStartElement().getValueAsString()).isEqualTo("2026-12-01T13:00:00+01:00");
        assertThat(visit.getMinutesDuration()).isEqualTo(30);
        assertThat(visit.getSlotFirstRep().getReference()).isEqualTo("Slot/a");
        assertThat(visit.getDescription()).isEqualTo("Check-up");
        assertThat(visit.getCreated()).isEqualTo(Date.from(BEFORE));
    }

    @Test
    void takesNeitherAnotherTimeNorAnotherPractitionerFromTheCaller() {
        noon().visit(new Appointment().setStart(Date.from(NOON)), ALICE, BEFORE);
        assertRefused(422, () -> noon().visit(new Appointment().setStart(Date.from(BEFORE)), ALICE, BEFORE));
        assertRefused(422, () -> noon().visit(new Appointment().setEnd(Date.from(NOON)), ALICE, BEFORE));
        noon().visit(with(new Appointment(), "Practitioner/dr-adams/_history/1"), ALICE, BEFORE);
        assertRefused(422, () -> noon().visit(with(new Appointment(), "Practitioner/dr-brandt"), ALICE, BEFORE));
    }

    private static BookableTime noon() {
        return time(slot("a", "2026-12-01T13:00:00+01:00"));
    }

    private static void assertRefused(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BookingRefused.class,
                        refused -> assertThat(refused.failure().status()).isEqualTo(status));
    }
}
