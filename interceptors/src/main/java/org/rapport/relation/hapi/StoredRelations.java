package org.rapport.relation.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.TreatingRelations;

/**
 * Finds treating relations in what is stored: a practitioner treats the patients who name one as general practitioner,
 * and the patients of active care teams one takes part in, be it in person or by an active role.
 */
public final class StoredRelations implements TreatingRelations {

    private final StoredSearch stored;
    private final RecordOwners owners;
    private final InForce inForce;

    /** CareTeams, roles and general practitioners in this store, as long as they are in force. */
    public StoredRelations(StoredSearch stored, RecordOwners owners, InForce inForce) {
        this.stored = stored;
        this.owners = owners;
        this.inForce = inForce;
    }

    /**
     * Whom a practitioner treats.
     *
     * @param patients logical ids
     * @param until when a period begins or ends by which there may be others; empty when there is none
     */
    record Treated(Set<String> patients, Optional<Instant> until) {

        /** Whether no period has begun or ended since. */
        boolean isAsOf(Instant now) {
            return until.isEmpty() || now.isBefore(until.get());
        }
    }

    @Override
    public Set<String> patientsOf(String practitioner) {
        return treatedBy(practitioner).patients();
    }

    /** Whom a practitioner treats now, and how long that holds as things stand. */
    Treated treatedBy(String practitioner) {
        var began = inForce.clock().instant();
        var roles = search(PractitionerRole.class, "practitioner", List.of(practitioner))
                .filter(role -> !(role.hasActive() && !role.getActive()))
                .toList();
        var references = Stream.concat(
                        Stream.of(practitioner),
                        roles.stream()
                                .filter(role -> inForce.isNow(role.getPeriod()))
                                .map(role -> "PractitionerRole/"
                                        + role.getIdElement().getIdPart()))
                .toList();
        var ownPatients = search(Patient.class, "general-practitioner", references);
        var teams = search(CareTeam.class, "participant", references)
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE)
                .toList();
        var patients = Stream.concat(ownPatients, teams.stream().filter(team -> inForce.isNow(team.getPeriod())))
                .flatMap(resource -> owners.patients(resource).stream())
                .collect(Collectors.toUnmodifiableSet());
        var periods = Stream.concat(
                roles.stream().map(PractitionerRole::getPeriod), teams.stream().map(CareTeam::getPeriod));
        return new Treated(patients, InForce.turnAfter(began, periods));
    }

    private <T extends Resource> Stream<T> search(Class<T> type, String parameter, List<String> references) {
        var anyOfThem = new ReferenceOrListParam();
        references.forEach(reference -> anyOfThem.add(new ReferenceParam(reference)));
        return stored.find(type, SearchParameterMap.newSynchronous().add(parameter, anyOfThem));
    }
}
