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
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.RecordOwners;
import org.rapport.access.TreatingRelations;

/**
 * Finds treating relations in what is stored: a practitioner treats the patients who name one as general practitioner,
 * the patients of active care teams one takes part in, and those one sees at a visit, be it in person or by an active role.
 */
public final class StoredRelations implements TreatingRelations {

    private final StoredSearch stored;
    private final RecordOwners owners;
    private final InForce inForce;
    private final Visits visits;

    /** CareTeams, roles, visits and general practitioners in this store, as long as they are in force. */
    public StoredRelations(StoredSearch stored, RecordOwners owners, InForce inForce, Visits visits) {
        this.stored = stored;
        this.owners = owners;
        this.inForce = inForce;
        this.visits = visits;
    }

    /**
     * Whom a practitioner treats, but for visits.
     *
     * @param references of the practitioner and of the roles in force
     * @param patients logical ids
     * @param until when a period begins or ends by which there may be others; empty when there is none
     */
    record Standing(List<String> references, Set<String> patients, Optional<Instant> until) {}

    /**
     * Whom a practitioner treats.
     *
     * @param standing those of them whom the practitioner treats without a visit
     * @param patients logical ids of all
     * @param until when a visit begins or ceases to count; empty when there is none
     */
    record Treated(Standing standing, Set<String> patients, Optional<Instant> until) {}

    @Override
    public Set<String> patientsOf(String practitioner) {
        return withVisits(standing(practitioner)).patients();
    }

    /** Whom a practitioner treats by what stands longer than a visit. */
    Standing standing(String practitioner) {
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
        var patients = Stream.concat(
                        ownPatients.flatMap(patient -> owners.patients(patient).stream()),
                        teams.stream()
                                .filter(team -> inForce.isNow(team.getPeriod()))
                                .flatMap(team -> owners.patients(team).stream()))
                .collect(Collectors.toUnmodifiableSet());
        var periods = Stream.concat(
                roles.stream().map(PractitionerRole::getPeriod), teams.stream().map(CareTeam::getPeriod));
        return new Standing(references, patients, InForce.turnAfter(began, periods));
    }

    /** All whom a practitioner treats now. */
    Treated withVisits(Standing standing) {
        var began = inForce.clock().instant();
        var references = standing.references();
        var met = stored.find(Appointment.class, visits.search(began).add("actor", anyOf(references)))
                .filter(visit -> visits.actors(visit).anyMatch(actor -> isOneOf(references, actor)))
                .toList();
        var patients = Stream.concat(
                        standing.patients().stream(),
                        met.stream()
                                .filter(visit -> inForce.isNow(visits.period(visit)))
                                .flatMap(visits::actors)
                                .flatMap(actor -> owners.idOf(actor, "Patient")))
                .collect(Collectors.toUnmodifiableSet());
        return new Treated(
                standing, patients, InForce.turnAfter(began, met.stream().map(visits::period)));
    }

    private boolean isOneOf(List<String> references, Reference actor) {
        return Stream.of("Practitioner", "PractitionerRole")
                .anyMatch(type -> owners.idOf(actor, type).anyMatch(id -> references.contains(type + "/" + id)));
    }

    private <T extends Resource> Stream<T> search(Class<T> type, String parameter, List<String> references) {
        return stored.find(type, SearchParameterMap.newSynchronous().add(parameter, anyOf(references)));
    }

    private static ReferenceOrListParam anyOf(List<String> references) {
        var anyOfThem = new ReferenceOrListParam();
        references.forEach(reference -> anyOfThem.add(new ReferenceParam(reference)));
        return anyOfThem;
    }
}
