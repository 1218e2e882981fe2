package org.rapport.consent.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.param.ReferenceOrListParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.StoredResources;
import org.rapport.access.hapi.StoredSearch;
import org.rapport.consent.ProtectedResource.Person;
import org.rapport.consent.RecordedConsent;
import org.rapport.consent.WatchedChanges;
import org.rapport.consent.fhir.ConsentReader;
import org.rapport.consent.fhir.LocalReferences;

/** Finds in what is stored the consents of a patient, and of the patients that were merged into this one. */
final class StoredConsents {

    private final StoredSearch search;
    private final StoredResources stored;
    private final LocalReferences references;
    private final WatchedChanges changes;

    StoredConsents(StoredSearch search, StoredResources stored, LocalReferences references, WatchedChanges changes) {
        this.search = search;
        this.stored = stored;
        this.references = references;
        this.changes = changes;
    }

    /**
     * What is on file for a patient.
     *
     * @param person the patient under all names
     * @param consents the active privacy consents
     */
    record OnFile(Person person, List<RecordedConsent> consents) {}

    OnFile of(String patient) {
        var person = new Person(patient, mergedInto(patient));
        var ids =
                Stream.concat(Stream.of(patient), person.mergedAway().stream()).toList();
        var reader = new ConsentReader(references, this::watched);
        var consents = search.find(
                        Consent.class, SearchParameterMap.newSynchronous().add("patient", anyOf(ids)))
                .map(reader::read)
                .flatMap(Optional::stream)
                .toList();
        return new OnFile(person, consents);
    }

    /** By the links of either side: the one that stays replaces the others, and each of them is replaced by it. */
    private Set<String> mergedInto(String patient) {
        var replaced = stored.current("Patient", patient).stream()
                .flatMap(found -> linked((Patient) found, LinkType.REPLACES));
        var replacing = search.find(
                        Patient.class, SearchParameterMap.newSynchronous().add("link", anyOf(List.of(patient))))
                .filter(other -> linked(other, LinkType.REPLACEDBY).anyMatch(patient::equals))
                .map(other -> other.getIdElement().getIdPart());
        return Stream.concat(replaced, replacing)
                .filter(id -> !id.equals(patient))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<String> linked(Patient patient, LinkType type) {
        return patient.getLink().stream()
                .filter(link -> link.getType() == type)
                .map(link -> references.of(link.getOther()))
                .flatMap(Optional::stream)
                .map(reference -> new IdType(reference).getIdPart());
    }

    /** What a consent refers to decides with it, so its type is watched before it is read. */
    private Optional<Resource> watched(String reference) {
        var id = new IdType(reference);
        changes.watch(id.getResourceType());
        return stored.current(id.getResourceType(), id.getIdPart());
    }

    private static ReferenceOrListParam anyOf(Collection<String> patients) {
        var anyOfThem = new ReferenceOrListParam();
        patients.forEach(id -> anyOfThem.add(new ReferenceParam("Patient/" + id)));
        return anyOfThem;
    }
}
