package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.rapport.access.Caller.Role;
import org.rapport.access.RecordOwners;
import org.rapport.access.Scope.Permission;
import org.rapport.access.TypeRule;
import org.rapport.access.TypeRule.RecordLink;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.StoredSearch;
import org.rapport.relation.hapi.Visits;

/**
 * A patient's record as it is stored, and who treats the patient.
 *
 * @param search finds resources with the server's own rights
 * @param owners whose record a resource belongs to
 * @param references tells which references are ours
 * @param inForce tells which care teams are there now
 * @param visits tell whom the patient sees
 */
record StoredRecord(
        StoredSearch search, RecordOwners owners, LocalReferences references, InForce inForce, Visits visits) {

    /** More of one type takes longer to compare than anybody waits. */
    private static final int MOST_OF_A_TYPE = 1_000;

    /**
     * All resources of the record that somebody who treats the patient may see by the rules of access. What is of other
     * patients too is left out: their consents decide about it as well, and it may tell of them.
     */
    List<Resource> of(String patient) {
        var all = new ArrayList<Resource>();
        for (var type : new TreeSet<>(TypeRule.openTypes())) {
            var rule = TypeRule.of(type);
            if (rule.allowed(Role.CLINICIAN).contains(Permission.READ)) {
                rule.recordLink().ifPresent(link -> all.addAll(linked(type, link, patient)));
            }
        }
        return all;
    }

    private List<Resource> linked(String type, RecordLink link, String patient) {
        var wanted = SearchParameterMap.newSynchronous().setLoadSynchronousUpTo(MOST_OF_A_TYPE + 1);
        if (link.path().isEmpty()) {
            wanted.add("_id", new TokenParam(patient));
        } else {
            var chain = link.parameter().split("\\.", 2);
            wanted.add(chain[0], new ReferenceParam("", chain.length > 1 ? chain[1] : "", "Patient/" + patient));
        }
        var found = search.find(ResourceFactory.createResource(type).getClass(), wanted)
                .map(Resource.class::cast)
                .filter(resource -> owners.patients(resource).equals(Set.of(patient)))
                .toList();
        if (found.size() > MOST_OF_A_TYPE) {
            throw new FailureException(
                    Failure.of(400, "too-costly", "The record holds more than can be compared in one request"));
        }
        return found;
    }

    /** The practitioners who treat the patient, be it in person or by a role. */
    Set<String> treating(String patient) {
        var named =
                search.find(Patient.class, Set.of(patient)).flatMap(found -> found.getGeneralPractitioner().stream());
        var teams = search.find(
                        CareTeam.class,
                        SearchParameterMap.newSynchronous("patient", new ReferenceParam("Patient/" + patient)))
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE && inForce.isNow(team.getPeriod()))
                .flatMap(team -> team.getParticipant().stream())
                .map(CareTeam.CareTeamParticipantComponent::getMember);
        var seen = search.find(
                        Appointment.class,
                        visits.search(inForce.clock().instant())
                                .add("patient", new ReferenceParam("Patient/" + patient)))
                .filter(visit -> visits.actors(visit)
                        .anyMatch(actor -> owners.idOf(actor, "Patient").anyMatch(patient::equals)))
                .flatMap(visits::actors);
        var all = Stream.of(named, teams, seen)
                .flatMap(each -> each)
                .flatMap(reference -> references.of(reference).stream())
                .collect(Collectors.toSet());
        var byRole = roles(all);
        return Stream.concat(all.stream(), byRole)
                .filter(reference -> reference.startsWith("Practitioner/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> roles(Set<String> references) {
        var ids = references.stream()
                .filter(reference -> reference.startsWith("PractitionerRole/"))
                .map(reference -> reference.substring("PractitionerRole/".length()))
                .toList();
        return search.find(PractitionerRole.class, ids)
                .filter(role -> !(role.hasActive() && !role.getActive()) && inForce.isNow(role.getPeriod()))
                .map(PractitionerRole::getPractitioner)
                .flatMap((Reference practitioner) -> this.references.of(practitioner).stream());
    }
}
