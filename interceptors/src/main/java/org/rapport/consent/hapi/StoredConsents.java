package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.TypeRule;
import org.rapport.access.hapi.StoredResources;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.fhir.ConsentReader;
import org.rapport.consent.fhir.LocalReferences;
import org.rapport.relation.hapi.StoredSearch;

/** Finds in what is stored the consents of patients, and of the patients that were merged into them. */
final class StoredConsents {

    private final StoredSearch search;
    private final StoredResources stored;
    private final LocalReferences references;
    private final Consumer<String> watch;

    /**
     * @param watch is told of each type that a stored consent refers to
     */
    StoredConsents(StoredSearch search, StoredResources stored, LocalReferences references, Consumer<String> watch) {
        this.search = search;
        this.stored = stored;
        this.references = references;
        this.watch = watch;
    }

    /**
     * What is on file for a patient.
     *
     * @param person the patient under all names
     * @param consents the active privacy consents
     */
    record OnFile(Person person, List<RecordedConsent> consents) {

        private static OnFile of(Person person, Collection<RecordedConsent> all) {
            return new OnFile(
                    person,
                    all.stream()
                            .filter(consent -> consent.patient().equals(person.id())
                                    || person.mergedAway().contains(consent.patient()))
                            .toList());
        }
    }

    /** What is on file for each of some patients, by logical id; as many questions for many as for one. */
    Map<String, OnFile> of(Set<String> patients) {
        var people = patients.stream()
                .map(id -> new Person(id, Set.of()))
                .collect(Collectors.toMap(Person::id, Function.identity()));
        mergedInto(patients).forEach((id, others) -> people.put(id, new Person(id, others)));
        var names = people.values().stream()
                .flatMap(person -> Stream.concat(Stream.of(person.id()), person.mergedAway().stream()))
                .collect(Collectors.toSet());
        var all = search.find(Consent.class, SearchParameterMap.newSynchronous().add("patient", anyOf(names)))
                .map(new ConsentReader(references, this::watched)::read)
                .flatMap(Optional::stream)
                .toList();
        return people.values().stream().collect(Collectors.toMap(Person::id, person -> OnFile.of(person, all)));
    }

    /** A consent that was sent; empty when it would not count. Nothing is kept of it, so nothing is watched for it. */
    Optional<RecordedConsent> read(Consent consent) {
        return new ConsentReader(references, this::current).read(consent);
    }

    /** By the links of either side: the one that stays replaces the others, and each of them is replaced by it. */
    private Map<String, Set<String>> mergedInto(Set<String> patients) {
        var merged = new HashMap<String, Set<String>>();
        search.find(Patient.class, patients)
                .forEach(staying ->
                        linked(staying, LinkType.REPLACES).forEach(other -> add(merged, id(staying), other)));
        search.find(Patient.class, SearchParameterMap.newSynchronous().add("link", anyOf(patients)))
                .forEach(gone -> linked(gone, LinkType.REPLACEDBY)
                        .filter(patients::contains)
                        .forEach(staying -> add(merged, staying, id(gone))));
        return merged;
    }

    private static void add(Map<String, Set<String>> merged, String staying, String gone) {
        if (!gone.equals(staying)) {
            merged.computeIfAbsent(staying, id -> new HashSet<>()).add(gone);
        }
    }

    private Stream<String> linked(Patient patient, LinkType type) {
        return patient.getLink().stream()
                .filter(link -> link.getType() == type)
                .map(link -> references.of(link.getOther()))
                .flatMap(Optional::stream)
                .map(reference -> new IdType(reference).getIdPart());
    }

    private static String id(Resource resource) {
        return resource.getIdElement().getIdPart();
    }

    /** What a consent refers to decides with it, so its type is watched before it is read. */
    private Optional<Resource> watched(String reference) {
        var type = new IdType(reference).getResourceType();
        if (!TypeRule.openTypes().contains(type)) {
            return Optional.empty();
        }
        watch.accept(type);
        return current(reference);
    }

    private Optional<Resource> current(String reference) {
        var id = new IdType(reference);
        return stored.current(id.getResourceType(), id.getIdPart());
    }

    private static ReferenceOrListParam anyOf(Collection<String> patients) {
        var anyOfThem = new ReferenceOrListParam();
        patients.stream().sorted().forEach(id -> anyOfThem.add(new ReferenceParam("Patient/" + id)));
        return anyOfThem;
    }
}
