package org.rapport.booking;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.rapport.failure.Failure;

/**
 * What times somebody looks for.
 *
 * @param start no time begins earlier
 * @param end no time ends later
 * @param who whose time
 * @param what for what, and on which days
 * @param count how many at most, 1 to 200
 */
public record TimeQuery(Bound start, Bound end, Who who, What what, int count) {

    private static final Duration LONGEST = Duration.ofDays(92);
    private static final int MOST = 200;

    /**
     * Limits what is asked for.
     *
     * @throws BookingRefused 400 when the end is not after the start, or later than 92 days after it
     */
    public TimeQuery {
        var span = Duration.between(start.in(ZoneOffset.UTC), end.in(ZoneOffset.UTC));
        if (span.isNegative() || span.isZero()) {
            throw new BookingRefused(Failure.invalid("The end must be after the start"));
        }
        if (span.compareTo(LONGEST) > 0) {
            throw new BookingRefused(Failure.invalid("From start to end there are 92 days at most"));
        }
        count = Math.min(Math.max(count, 1), MOST);
    }

    /** The earliest moment that may be meant. */
    public Instant earliest() {
        return start.in(ZoneOffset.ofHours(14));
    }

    /** The latest moment that may be meant. */
    public Instant latest() {
        return end.in(ZoneOffset.ofHours(-12));
    }

    /** A limit in time: a moment, or the beginning of a day wherever the calendar hangs. */
    public interface Bound {

        /** The moment it is, by the clocks of a zone. */
        Instant in(ZoneId zone);

        /** A moment, the same everywhere. */
        static Bound at(Instant moment) {
            return zone -> moment;
        }

        /** The beginning of what a time says: of its day, where it says no more than the day. */
        static Bound startOf(BaseDateTimeType time) {
            return of(time, false);
        }

        /** The end of what a time says, as FHIR counts the last day of a period: it belongs to it as a whole. */
        static Bound endOf(BaseDateTimeType time) {
            return of(time, true);
        }

        private static Bound of(BaseDateTimeType time, boolean end) {
            int after = end ? 1 : 0;
            return switch (time.getPrecision()) {
                case YEAR -> day(LocalDate.of(time.getYear() + after, 1, 1));
                case MONTH ->
                    day(LocalDate.of(time.getYear(), time.getMonth() + 1, 1).plusMonths(after));
                case DAY ->
                    day(LocalDate.of(time.getYear(), time.getMonth() + 1, time.getDay())
                            .plusDays(after));
                default -> at(time.getValue().toInstant());
            };
        }

        private static Bound day(LocalDate day) {
            return zone -> day.atStartOfDay(zone).toInstant();
        }
    }

    /**
     * Whose time: one of each kind that is named, by relative references.
     *
     * @param schedules of these schedules
     * @param practitioners with one of these
     * @param locations at one of these
     * @param organizations of those who work for, or places that belong to, one of these
     */
    public record Who(
            Set<String> schedules, Set<String> practitioners, Set<String> locations, Set<String> organizations) {

        /** Keeps its own copies. */
        public Who {
            schedules = Set.copyOf(schedules);
            practitioners = Set.copyOf(practitioners);
            locations = Set.copyOf(locations);
            organizations = Set.copyOf(organizations);
        }
    }

    /**
     * For what: one of each kind that is named.
     *
     * @param specialties by code, or by text
     * @param visitTypes by code, or by text
     * @param days by the calendar of the place; none for every day
     */
    public record What(List<CodeableConcept> specialties, List<CodeableConcept> visitTypes, Set<DayOfWeek> days) {

        /** Keeps its own copies. */
        public What {
            specialties = List.copyOf(specialties);
            visitTypes = List.copyOf(visitTypes);
            days = Set.copyOf(days);
        }

        boolean allows(DayOfWeek day) {
            return days.isEmpty() || days.contains(day);
        }

        static boolean meets(List<CodeableConcept> wanted, List<CodeableConcept> offered) {
            return wanted.isEmpty()
                    || wanted.stream().anyMatch(wish -> offered.stream().anyMatch(offer -> same(wish, offer)));
        }

        private static boolean same(CodeableConcept wish, CodeableConcept offer) {
            boolean byCode = wish.getCoding().stream()
                    .anyMatch(one -> offer.getCoding().stream().anyMatch(other -> same(one, other)));
            return byCode || (wish.hasText() && named(offer, wish.getText()));
        }

        private static boolean same(Coding wish, Coding offer) {
            return wish.hasCode()
                    && wish.getCode().equals(offer.getCode())
                    && (!wish.hasSystem() || wish.getSystem().equals(offer.getSystem()));
        }

        private static boolean named(CodeableConcept offer, String text) {
            return text.equalsIgnoreCase(offer.getText())
                    || offer.getCoding().stream()
                            .anyMatch(coding ->
                                    text.equals(coding.getCode()) || text.equalsIgnoreCase(coding.getDisplay()));
        }
    }
}
