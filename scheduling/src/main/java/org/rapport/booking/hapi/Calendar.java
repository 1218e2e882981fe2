package org.rapport.booking.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.rapport.booking.BookableTime;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.Claim;
import org.rapport.booking.ClaimedActors;
import org.rapport.booking.Opening;
import org.rapport.booking.TimeQuery.Who;
import org.rapport.failure.Failure;

/**
 * The schedules, slots and appointments as they are stored.
 *
 * @param stored reads and writes them
 * @param actors tells whose time a schedule gives away
 */
record Calendar(Stored stored, ClaimedActors actors) {

    /** How many slots a page of {@link #free} has when there may be more. */
    static final int PAGE = 200;

    Optional<Appointment> appointment(String id) {
        return stored.find(Appointment.class, id);
    }

    Appointment appointment(String id, long version) {
        return stored.version(Appointment.class, id, version);
    }

    Appointment write(Appointment appointment) {
        return stored.write(Appointment.class, appointment);
    }

    void write(Slot slot) {
        stored.write(Slot.class, slot);
    }

    /**
     * The slots of these logical ids.
     *
     * @throws BookingRefused 422 when one is unknown
     */
    List<Slot> slots(Collection<String> ids) {
        return ids.stream().map(this::slot).toList();
    }

    /**
     * The time that these slots make together.
     *
     * @throws BookingRefused 422 when they make none
     */
    BookableTime time(List<String> slotIds) {
        var slots = slots(slotIds);
        var schedule = slots.stream()
                .findFirst()
                .map(this::schedule)
                .orElseThrow(() -> unknown("The appointment needs the slot it shall take"));
        return new BookableTime(schedule, slots);
    }

    /** Whose time a slot is. */
    List<Claim> claimsOn(Slot slot) {
        return claimed(schedule(slot)).stream()
                .map(actor -> new Claim(
                        actor, slot.getStart().toInstant(), slot.getEnd().toInstant()))
                .toList();
    }

    /** Those whose time a schedule gives away. */
    Set<String> claimed(Schedule schedule) {
        return schedule.getActor().stream()
                .flatMap(actor -> actors.of(actor).stream())
                .collect(Collectors.toSet());
    }

    /**
     * The active schedules of those who are named; all of them when nobody is.
     *
     * @throws BookingRefused 400 when there are too many to look through
     */
    List<Schedule> schedules(Who who) {
        var search = SearchParameterMap.newSynchronous();
        if (!who.schedules().isEmpty()) {
            var ids = new TokenOrListParam();
            who.schedules().forEach(id -> ids.add(new TokenParam(new IdType(id).getIdPart())));
            search.add("_id", ids);
        }
        Stream.of(who.practitioners(), who.locations(), ofOrganizations(who.organizations()))
                .filter(references -> !references.isEmpty())
                .forEach(references -> search.add("actor", anyOf(references)));
        return few(Schedule.class, search).stream()
                .filter(schedule -> !schedule.hasActive() || schedule.getActive())
                .toList();
    }

    /**
     * One page of what the schedules say is free, earliest first.
     *
     * @param offset how many to skip
     */
    List<Opening> free(List<Schedule> schedules, Span span, int offset) {
        if (schedules.isEmpty()) {
            return List.of();
        }
        var search = SearchParameterMap.newSynchronous()
                .add(
                        "schedule",
                        anyOf(schedules.stream().map(Calendar::reference).collect(Collectors.toSet())))
                .add("status", new TokenParam("free"))
                .add(
                        "start",
                        new DateRangeParam()
                                .setLowerBoundInclusive(Date.from(span.from()))
                                .setUpperBoundExclusive(Date.from(span.to())));
        search.setSort(new SortSpec("start"));
        search.setCount(PAGE);
        search.setOffset(offset);
        var byId = schedules.stream().collect(Collectors.toMap(Calendar::reference, Function.identity()));
        return stored.search(Slot.class, search).stream()
                .flatMap(slot -> Stream.ofNullable(byId.get(scheduleOf(slot))).map(of -> new Opening(of, slot)))
                .toList();
    }

    /**
     * A span of time to look through.
     *
     * @param from first moment
     * @param to first moment after it
     */
    record Span(Instant from, Instant to) {}

    private Slot slot(String id) {
        return stored.find(Slot.class, id).orElseThrow(() -> unknown("The appointment names an unknown slot"));
    }

    private Schedule schedule(Slot slot) {
        return stored.find(
                        Schedule.class, slot.getSchedule().getReferenceElement().getIdPart())
                .orElseThrow(() -> unknown("The slot belongs to no schedule"));
    }

    private Set<String> ofOrganizations(Set<String> organizations) {
        if (organizations.isEmpty()) {
            return Set.of();
        }
        var search = SearchParameterMap.newSynchronous().add("organization", anyOf(organizations));
        var actors = new ArrayList<String>();
        few(PractitionerRole.class, search.clone())
                .forEach(role -> actors.add(role.getPractitioner().getReference()));
        few(Location.class, search).forEach(location -> actors.add(reference(location)));
        return actors.isEmpty() ? Set.of("Practitioner/none") : Set.copyOf(actors);
    }

    /** All that match; a page that is full may hide more. */
    private <T extends Resource> List<T> few(Class<T> type, SearchParameterMap search) {
        search.setCount(PAGE);
        var found = stored.search(type, search);
        if (found.size() >= PAGE) {
            throw tooCostly();
        }
        return found;
    }

    /** What to answer when the search would go through too much. */
    static BookingRefused tooCostly() {
        return new BookingRefused(
                Failure.of(400, "too-costly", "Too many times to look through; name a practitioner or a shorter span"));
    }

    private static String scheduleOf(Slot slot) {
        return slot.getSchedule()
                .getReferenceElement()
                .toUnqualifiedVersionless()
                .getValue();
    }

    private static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }

    private static ReferenceOrListParam anyOf(Set<String> references) {
        var any = new ReferenceOrListParam();
        references.forEach(reference -> any.add(new ReferenceParam(reference)));
        return any;
    }

    private static BookingRefused unknown(String diagnostics) {
        return new BookingRefused(Failure.of(422, "processing", diagnostics));
    }
}
