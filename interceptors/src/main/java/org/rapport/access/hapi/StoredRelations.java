package org.rapport.access.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.ArrayList;
import java.util.List;
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
final class StoredRelations implements TreatingRelations {

    private final StoredSearch stored;
    private final RecordOwners owners;
    private final InForce inForce;

    StoredRelations(StoredSearch stored, RecordOwners owners, InForce inForce) {
        this.stored = stored;
        this.owners = owners;
        this.inForce = inForce;
    }

    @Override
    public Set<String> patientsOf(String practitioner) {
        var references = references(practitioner);
        var ownPatients = search(Patient.class, "general-practitioner", references);
        var teams = search(CareTeam.class, "participant", references)
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE && inForce.isNow(team.getPeriod()));
        return Stream.concat(ownPatients, teams)
                .flatMap(resource -> owners.patients(resource).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private List<String> references(String practitioner) {
        var references = new ArrayList<String>();
        references.add(practitioner);
        search(PractitionerRole.class, "practitioner", List.of(practitioner))
                .filter(role -> !(role.hasActive() && !role.getActive()) && inForce.isNow(role.getPeriod()))
                .forEach(role ->
                        references.add("PractitionerRole/" + role.getIdElement().getIdPart()));
        return references;
    }

    private <T extends Resource> Stream<T> search(Class<T> type, String parameter, List<String> references) {
        var anyOfThem = new ReferenceOrListParam();
        references.forEach(reference -> anyOfThem.add(new ReferenceParam(reference)));
        return stored.find(type, SearchParameterMap.newSynchronous().add(parameter, anyOfThem));
    }
}
