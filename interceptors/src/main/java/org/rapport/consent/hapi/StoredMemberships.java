package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CareTeam;
import org.hl7.fhir.r4.model.CareTeam.CareTeamStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.StoredResources;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.StoredSearch;

/** Finds in what is stored all that somebody is or belongs to: roles, organizations, groups and care teams in force now. */
final class StoredMemberships {

    /** A hospital has departments and those have wards; more levels would be a circle. */
    private static final int LEVELS = 10;

    private final StoredSearch search;
    private final StoredResources stored;
    private final LocalReferences references;
    private final InForce inForce;

    StoredMemberships(StoredSearch search, StoredResources stored, LocalReferences references, InForce inForce) {
        this.search = search;
        this.stored = stored;
        this.references = references;
        this.inForce = inForce;
    }

    /** Relative references, the user's own included. */
    Set<String> of(String user) {
        var all = new HashSet<String>();
        all.add(user);
        if (user.startsWith("Practitioner/")) {
            roles(user).forEach(role -> {
                all.add("PractitionerRole/" + role.getIdElement().getIdPart());
                addWithWhole(all, role.getOrganization());
            });
        }
        var alone = Set.copyOf(all);
        teams(alone).forEach(team -> all.add("CareTeam/" + team.getIdElement().getIdPart()));
        groups(Set.copyOf(all))
                .forEach(group -> all.add("Group/" + group.getIdElement().getIdPart()));
        return all;
    }

    private Stream<PractitionerRole> roles(String practitioner) {
        return find(PractitionerRole.class, "practitioner", Set.of(practitioner))
                .filter(role -> !(role.hasActive() && !role.getActive()) && inForce.isNow(role.getPeriod()));
    }

    private Stream<CareTeam> teams(Set<String> members) {
        return find(CareTeam.class, "participant", members)
                .filter(team -> team.getStatus() == CareTeamStatus.ACTIVE && inForce.isNow(team.getPeriod()))
                .filter(team -> team.getParticipant().stream()
                        .anyMatch(member -> is(members, member.getMember()) && inForce.isNow(member.getPeriod())));
    }

    private Stream<Group> groups(Set<String> members) {
        return find(Group.class, "member", members)
                .filter(group -> !(group.hasActive() && !group.getActive()) && group.getActual())
                .filter(group -> group.getMember().stream()
                        .anyMatch(member -> !member.getInactive()
                                && is(members, member.getEntity())
                                && inForce.isNow(member.getPeriod())));
    }

    /** Whoever works for a part works for the whole. */
    private void addWithWhole(Set<String> all, Reference organization) {
        var next = references.of(organization);
        for (int level = 0; level < LEVELS && next.isPresent(); level++) {
            all.add(next.get());
            next = stored.current("Organization", new IdType(next.get()).getIdPart())
                    .flatMap(found -> references.of(((Organization) found).getPartOf()));
        }
    }

    private boolean is(Set<String> members, Reference reference) {
        return references.of(reference).filter(members::contains).isPresent();
    }

    private <T extends Resource> Stream<T> find(Class<T> type, String parameter, Collection<String> members) {
        var anyOfThem = new ReferenceOrListParam();
        members.stream().sorted().map(ReferenceParam::new).forEach(anyOfThem::add);
        return search.find(type, SearchParameterMap.newSynchronous().add(parameter, anyOfThem));
    }
}
