package org.rapport.demo.record;

import static org.rapport.demo.record.Entries.concept;
import static org.rapport.demo.record.Entries.identifier;
import static org.rapport.demo.record.Entries.in;
import static org.rapport.demo.record.Entries.to;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.Slot.SlotStatus;

/**
 * When the staff can be booked: on working days from nine to twelve by the clock on their wall, in half hours. A day's
 * slots keep their local times when the clocks change.
 */
public final class DemoSchedules {

    private static final Duration SLOT = Duration.ofMinutes(30);
    private static final LocalTime FIRST = LocalTime.of(9, 0);
    private static final int SLOTS_A_DAY = 6;
    private static final Set<DayOfWeek> FREE = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT);

    private static final List<Calendar> CALENDARS = List.of(
            new Calendar("dr-adams", "loc-north", DemoPeople.NORTH),
            new Calendar("care-jones", "loc-north", DemoPeople.NORTH),
            new Calendar("dr-brandt", "loc-south", DemoPeople.SOUTH));

    private DemoSchedules() {}

    /** The schedules, without slots. */
    public static Bundle bundle() {
        return Entries.transaction(CALENDARS.stream().map(Calendar::schedule).toList());
    }

    /**
     * The free slots of all schedules.
     *
     * @param first the first day, by each schedule's own calendar
     * @param end the day after the last
     * @param after no slot starts before this
     */
    public static List<Bundle> slots(LocalDate first, LocalDate end, Instant after) {
        return CALENDARS.stream()
                .map(calendar -> first.datesUntil(end)
                        .filter(day -> !FREE.contains(day.getDayOfWeek()))
                        .flatMap(calendar::slots)
                        .filter(slot -> slot.getStart().toInstant().isAfter(after))
                        .toList())
                .filter(slots -> !slots.isEmpty())
                .map(Entries::transaction)
                .toList();
    }

    /** The hours of one member of the staff. */
    private record Calendar(String practitioner, String location, ZoneId zone) {

        Resource schedule() {
            var schedule = new Schedule()
                    .setActive(true)
                    .addServiceType(checkUp())
                    .addActor(to("Practitioner/" + practitioner, practitioner))
                    .addActor(to("Location/" + location, location))
                    .addIdentifier(identifier(id()));
            schedule.setId(id());
            schedule.addExtension(in(zone));
            return schedule;
        }

        Stream<Slot> slots(LocalDate day) {
            return Stream.iterate(FIRST, time -> time.plus(SLOT))
                    .limit(SLOTS_A_DAY)
                    .map(time -> slot(day.atTime(time).atZone(zone)));
        }

        private Slot slot(ZonedDateTime start) {
            var slot = new Slot()
                    .setStatus(SlotStatus.FREE)
                    .setSchedule(to("Schedule/" + id(), practitioner))
                    .addServiceType(checkUp())
                    .setStartElement(instant(start))
                    .setEndElement(instant(start.plus(SLOT)));
            slot.setId("slot-" + practitioner + "-" + ID.format(start));
            return slot;
        }

        private String id() {
            return "schedule-" + practitioner;
        }

        private InstantType instant(ZonedDateTime time) {
            return new InstantType(
                    Date.from(time.toInstant()), TemporalPrecisionEnum.SECOND, TimeZone.getTimeZone(zone));
        }

        private static CodeableConcept checkUp() {
            return concept(Entries.SNOMED, "185349003", "Encounter for check up");
        }
    }
}
