package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.TreatingRelations;

/**
 * Finds treating relations in what is stored: a practitioner treats the patients who name one as general practitioner,
 * and the patients of active care teams one takes part in, be it in person or by an active role.
 */
final class StoredRelations implements TreatingRelations {

    private final DaoRegistry daos;
    private final RecordOwners owners;
    private final Clock clock;

    StoredRelations(DaoRegistry daos, RecordOwners owners, Clock clock) {
        this.daos = daos;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public Set<String> patientsOf(String practitioner) {
        var references = references(practitioner);
        var ownPatients = search(Patient.class, "general-practitioner", references);
        var teams = search(CareTeam.class, "participant", references)
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE && isNow(team.getPeriod()));
        return Stream.concat(ownPatients, teams)
                .flatMap(resource -> owners.patients(resource).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> references(String practitioner) {
        var references = new ArrayList<String>();
        references.add(practitioner);
        search(PractitionerRole.class, "practitioner", List.of(practitioner))
                .filter(role -> !(role.hasActive() && !role.getActive()) && isNow(role.getPeriod()))
                .forEach(role ->
                        references.add("PractitionerRole/" + role.getIdElement().getIdPart()));
        return references;
    }

    private <T extends Resource> Stream<T> search(Class<T> type, String parameter, List<String> references) {
        var anyOfThem = new ReferenceOrListParam();
        references.forEach(reference -> anyOfThem.add(new ReferenceParam(reference)));
        var search = SearchParameterMap.newSynchronous().add(parameter, anyOfThem);
        return daos.getResourceDao(type).search(search, new SystemRequestDetails()).getAllResources().stream()
                .map(type::cast);
    }

    private boolean isNow(Period period) {
        var now = clock.instant();
        boolean begun = !period.hasStart() || !period.getStart().toInstant().isAfter(now);
        return begun && (!period.hasEnd() || now.isBefore(after(period.getEndElement())));
    }

    /** The first moment after an end, which counts as a whole: a day lasts until midnight. */
    private static Instant after(DateTimeType end) {
        var zone = end.getTimeZone() == null
                ? ZoneId.systemDefault()
                : end.getTimeZone().toZoneId();
        var start = end.getValue().toInstant().atZone(zone);
        return switch (end.getPrecision()) {
            case YEAR -> start.plusYears(1).toInstant();
            case MONTH -> start.plusMonths(1).toInstant();
            case DAY -> start.plusDays(1).toInstant();
            default -> start.toInstant();
        };
    }
}
