package org.rapport.booking.hapi;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Schedule;
import org.rapport.booking.ActiveBookings;
import org.rapport.booking.BookableTime;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.Opening;
import org.rapport.booking.TimeQuery;
import org.rapport.booking.hapi.Calendar.Span;

/**
 * Looks for times that nobody has: free slots, without those whose practitioner is engaged otherwise.
 *
 * @param calendar the slots
 * @param claims whose time is given away
 * @param clock no time in the past is offered
 */
record Openings(Calendar calendar, ActiveBookings claims, Clock clock) {

    private static final Duration NEAR = Duration.ofDays(14);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ALTERNATIVES = 3;
    private static final int MOST_PAGES = 25;

    /** What is open, earliest first. */
    List<Opening> find(TimeQuery query) {
        var span = new Span(later(query.earliest(), clock.instant()), query.latest());
        if (!span.from().isBefore(span.to())) {
            return List.of();
        }
        return open(calendar.schedules(query.who()), span, query.count(), opening -> opening.meets(query));
    }

    /**
     * Up to three times of the same schedule that begin nearest to one that is taken: a day before, two weeks after.
     *
     * @param slots logical ids; none make none
     */
    List<Opening> near(List<String> slots) {
        try {
            return slots.isEmpty() ? List.of() : near(calendar.time(slots));
        } catch (BookingRefused e) {
            return List.of();
        }
    }

    private List<Opening> near(BookableTime taken) {
        var schedules = List.of(taken.schedule());
        var before = new Span(taken.start().minus(DAY), taken.start());
        var after = new Span(taken.start().plusMillis(1), taken.start().plus(NEAR));
        return Stream.concat(
                        open(schedules, before, Integer.MAX_VALUE, opening -> true).stream(),
                        open(schedules, after, ALTERNATIVES, opening -> true).stream())
                .sorted(Comparator.<Opening, Duration>comparing(opening ->
                                Duration.between(taken.start(), opening.start()).abs())
                        .thenComparing(Opening.IN_TIME))
                .limit(ALTERNATIVES)
                .toList();
    }

    private List<Opening> open(List<Schedule> schedules, Span span, int count, Predicate<Opening> wanted) {
        var actors = schedules.stream().collect(Collectors.toMap(Schedule::getIdPart, calendar::claimed));
        var open = new ArrayList<Opening>();
        for (int page = 0; page < MOST_PAGES; page++) {
            var offered = calendar.free(schedules, span, page * Calendar.PAGE);
            open.addAll(untaken(offered.stream().filter(wanted).toList(), actors));
            if (offered.size() < Calendar.PAGE || open.size() >= count) {
                return open.stream().sorted(Opening.IN_TIME).limit(count).toList();
            }
        }
        throw Calendar.tooCostly();
    }

    private List<Opening> untaken(List<Opening> openings, Map<String, Set<String>> actorsOf) {
        if (openings.isEmpty()) {
            return List.of();
        }
        var from = Collections.min(openings.stream().map(Opening::start).toList());
        var to = Collections.max(openings.stream().map(Opening::end).toList());
        var actors = actorsOf.values().stream().flatMap(Set::stream).distinct().toList();
        var busy = claims.busy(actors, from, to);
        return openings.stream()
                .filter(opening -> opening.start().isAfter(clock.instant()))
                .filter(opening -> opening.isFree(
                        busy, actorsOf.getOrDefault(opening.schedule().getIdPart(), Set.of())))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
