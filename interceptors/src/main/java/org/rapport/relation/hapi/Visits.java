package org.rapport.relation.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * Counts visits as treating relations: who sees a patient at an Appointment treats them, from some time before it begins.
 *
 * @param before for how long before its beginning a visit counts
 * @param after for how long after its beginning it does
 */
public record Visits(Duration before, Duration after) {

    /** What was held, offered, called off or missed brings nobody together. */
    private static final Set<AppointmentStatus> AGREED = EnumSet.of(
            AppointmentStatus.BOOKED,
            AppointmentStatus.ARRIVED,
            AppointmentStatus.CHECKEDIN,
            AppointmentStatus.FULFILLED);

    /** A search for all visits that count at a moment. */
    public SearchParameterMap search(Instant now) {
        var agreed = new TokenOrListParam();
        AGREED.forEach(status -> agreed.add(null, status.toCode()));
        var begins = new DateRangeParam(Date.from(now.minus(after)), Date.from(now.plus(before)));
        return SearchParameterMap.newSynchronous().add("status", agreed).add("date", begins);
    }

    /** When a visit counts. */
    Period period(Appointment visit) {
        var start = visit.getStart().toInstant();
        return new Period().setStart(Date.from(start.minus(before))).setEnd(Date.from(start.plus(after)));
    }

    /** Who comes to it: nobody who has declined, and nobody as long as it is not agreed on. */
    public Stream<Reference> actors(Appointment visit) {
        if (!AGREED.contains(visit.getStatus()) || !visit.hasStart()) {
            return Stream.of();
        }
        return visit.getParticipant().stream()
                .filter(participant -> participant.getStatus() != ParticipationStatus.DECLINED)
                .map(AppointmentParticipantComponent::getActor);
    }
}
