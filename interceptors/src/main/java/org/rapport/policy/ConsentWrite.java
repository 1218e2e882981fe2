package org.rapport.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.DateTimeType;

/**
 * A version of a Consent that is being stored.
 *
 * @param before the version before; empty for a first one, and where that was in the record of somebody else
 * @param after with its id and version
 * @param patients logical ids of those in whose record it is
 */
public record ConsentWrite(Optional<Consent> before, Consent after, Set<String> patients) {

    /** Keeps its own copy of the patients. */
    public ConsentWrite {
        patients = Set.copyOf(patients);
    }

    /** The policies that it names. */
    public List<PolicyName> policies() {
        return after.getPolicy().stream()
                .flatMap(policy -> Stream.ofNullable(policy.getUri()))
                .map(PolicyName::of)
                .distinct()
                .toList();
    }

    /** In which language it was given, as far as it tells. */
    public Optional<String> language() {
        return Optional.ofNullable(after.getLanguage());
    }

    /** The options that are chosen anew; none where there was nothing before. */
    public List<OptionChange> changes() {
        return before.map(old -> OptionChange.between(old, after)).orElse(List.of());
    }

    /**
     * When it was given or changed: what it says by {@code dateTime}, where this version says so for the first time, else
     * now. A date counts as its last moment, what lies ahead as now.
     *
     * @param now the present
     * @param zone in which dates are days
     */
    public Instant moment(Instant now, ZoneId zone) {
        var told = after.getDateTimeElement();
        boolean anew = told.hasValue()
                && before.filter(old -> told.equalsDeep(old.getDateTimeElement()))
                        .isEmpty();
        return anew ? earlier(last(told, zone), now) : now;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant last(DateTimeType told, ZoneId zone) {
        var year = LocalDate.of(told.getYear(), 1, 1);
        return switch (told.getPrecision()) {
            case YEAR -> before(year.plusYears(1), zone);
            case MONTH -> before(year.plusMonths(told.getMonth() + 1L), zone);
            case DAY -> before(year.plusMonths(told.getMonth()).plusDays(told.getDay()), zone);
            default -> told.getValue().toInstant();
        };
    }

    private static Instant before(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().minusMillis(1);
    }
}
