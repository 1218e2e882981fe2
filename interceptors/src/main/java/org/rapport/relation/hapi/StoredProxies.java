package org.rapport.relation.hapi;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.rapport.access.ProxyRelations;
import org.rapport.access.RecordOwners;

/**
 * Finds proxies in what is stored: an active RelatedPerson acts for its patient as long as its period lasts, a parent until
 * the child is of age, an active Person acts as each RelatedPerson and is each Patient that it links to. Only systems write Persons.
 */
public final class StoredProxies implements ProxyRelations {

    private final StoredSearch stored;
    private final RecordOwners owners;
    private final InForce inForce;
    private final Majority majority;

    /** RelatedPersons in this store, as long as they are in force and, where that matters, the patient is under age. */
    public StoredProxies(StoredSearch stored, RecordOwners owners, InForce inForce, Majority majority) {
        this.stored = stored;
        this.owners = owners;
        this.inForce = inForce;
        this.majority = majority;
    }

    @Override
    public Set<String> patientsOf(String user) {
        var reference = new IdType(user);
        var related = "Person".equals(reference.getResourceType())
                ? linkedTo(user, "RelatedPerson")
                : List.of(reference.getIdPart());
        var proxies = stored.find(RelatedPerson.class, related)
                .filter(proxy -> !(proxy.hasActive() && !proxy.getActive()) && inForce.isNow(proxy.getPeriod()))
                .collect(Collectors.partitioningBy(majority::matters, Collectors.toList()));
        return Stream.concat(
                        patients(proxies.getOrDefault(false, List.of())),
                        minors(patients(proxies.getOrDefault(true, List.of())).toList()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> patients(List<RelatedPerson> proxies) {
        return proxies.stream().flatMap(proxy -> owners.patients(proxy).stream());
    }

    private Stream<String> minors(List<String> children) {
        return children.isEmpty()
                ? Stream.of()
                : stored.find(Patient.class, children)
                        .filter(child -> !majority.isReachedBy(child))
                        .map(child -> child.getIdElement().getIdPart());
    }

    @Override
    public Set<String> ownRecordsOf(String person) {
        return Set.copyOf(linkedTo(person, "Patient"));
    }

    private List<String> linkedTo(String person, String type) {
        return stored.find(Person.class, List.of(new IdType(person).getIdPart()))
                .filter(found -> !(found.hasActive() && !found.getActive()))
                .flatMap(found -> found.getLink().stream())
                .flatMap(link -> owners.idOf(link.getTarget(), type))
                .toList();
    }
}
