package org.rapport.relation.hapi;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.rapport.access.ProxyRelations;
import org.rapport.access.ProxyScope;
import org.rapport.access.RecordOwners;

/**
 * Finds proxies in what is stored: an active RelatedPerson acts for its patient as long as its period lasts, a parent until
 * the child is of age, in what its extensions {@code proxy-scope} name or, without any, in everything; an active Person acts as each RelatedPerson and is each Patient that it links to. Only systems write Persons.
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
        return scopesOf(user).keySet();
    }

    @Override
    public Map<String, Set<ProxyScope>> scopesOf(String user) {
        var reference = new IdType(user);
        var related = "Person".equals(reference.getResourceType())
                ? linkedTo(user, "RelatedPerson")
                : List.of(reference.getIdPart());
        var proxies = stored.find(RelatedPerson.class, related)
                .filter(proxy -> !(proxy.hasActive() && !proxy.getActive()) && inForce.isNow(proxy.getPeriod()))
                .toList();
        var minors = minors(proxies.stream().filter(majority::matters).flatMap(this::patients));
        var scopes = new HashMap<String, Set<ProxyScope>>();
        for (var proxy : proxies) {
            patients(proxy)
                    .filter(patient -> !majority.matters(proxy) || minors.contains(patient))
                    .forEach(patient -> scopes.computeIfAbsent(patient, id -> EnumSet.noneOf(ProxyScope.class))
                            .addAll(scopes(proxy)));
        }
        scopes.values().removeIf(Set::isEmpty);
        return scopes;
    }

    /** Everything where nothing is said, and nothing by what nobody knows. */
    private static Set<ProxyScope> scopes(RelatedPerson proxy) {
        var said = proxy.getExtensionsByUrl(ProxyScope.EXTENSION);
        return said.isEmpty()
                        && proxy.getModifierExtensionsByUrl(ProxyScope.EXTENSION)
                                .isEmpty()
                ? EnumSet.of(ProxyScope.FULL)
                : said.stream()
                        .flatMap(extension -> extension.getValue() instanceof CodeType code
                                ? ProxyScope.ofCode(code.getCode()).stream()
                                : Stream.of())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProxyScope.class)));
    }

    private Stream<String> patients(RelatedPerson proxy) {
        return owners.patients(proxy).stream();
    }

    private Set<String> minors(Stream<String> children) {
        return stored.find(Patient.class, children.collect(Collectors.toUnmodifiableSet()))
                .filter(child -> !majority.isReachedBy(child))
                .map(child -> child.getIdElement().getIdPart())
                .collect(Collectors.toUnmodifiableSet());
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
