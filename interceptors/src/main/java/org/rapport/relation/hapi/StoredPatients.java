package org.rapport.relation.hapi;

import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.param.StringParam;
import ca.uhn.fhir.rest.param.TokenParam;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.HumanName.NameUse;
import org.hl7.fhir.r4.model.Patient;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;
import org.rapport.access.Consents;
import org.rapport.access.PatientDirectory;
import org.rapport.access.Relations;
import org.rapport.access.Target;

/** Finds the patients of a user in what is stored. */
public final class StoredPatients implements PatientDirectory {

    /** More words than a name has make a search dear and find nothing more. */
    private static final int WORDS = 6;

    private static final List<NameUse> BEST_NAMES = List.of(NameUse.OFFICIAL, NameUse.USUAL);

    private final Relations relations;
    private final StoredSearch stored;
    private final Consents consents;

    /** Patients in this store; what the consents leave of them is asked for those that are looked up. */
    public StoredPatients(Relations relations, StoredSearch stored, Consents consents) {
        this.relations = relations;
        this.stored = stored;
        this.consents = consents;
    }

    @Override
    public List<KnownPatient> reachableBy(String fhirUser, Set<Caller.Role> roles, String search, int most) {
        var once = relations.once();
        var known = known(once, fhirUser, roles);
        if (known.isEmpty() || most <= 0) {
            return List.of();
        }
        var byName = StoredSearch.among(known.keySet());
        Arrays.stream(search.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(WORDS)
                .forEach(word -> byName.add("name", new StringParam(word)));
        byName.setSort(new SortSpec("family").setChain(new SortSpec("given")));
        byName.setCount(most).setLoadSynchronousUpTo(most);
        return consenting(
                        reader(fhirUser, roles),
                        once,
                        stored.find(Patient.class, byName).toList())
                .map(patient -> known(patient, known))
                .toList();
    }

    @Override
    public Optional<KnownPatient> reachable(String fhirUser, Set<Caller.Role> roles, String patientId) {
        var once = relations.once();
        var known = known(once, fhirUser, roles);
        return known.containsKey(patientId)
                ? consenting(
                                reader(fhirUser, roles),
                                once,
                                stored.find(Patient.class, Set.of(patientId)).toList())
                        .map(patient -> known(patient, known))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public Optional<KnownPatient> anybody(String number) {
        var byIdentifier = SearchParameterMap.newSynchronous("identifier", new TokenParam(number));
        byIdentifier.setLoadSynchronousUpTo(2);
        var found = stored.find(Patient.class, Set.of(number)).toList();
        var meant = found.isEmpty() ? stored.find(Patient.class, byIdentifier).toList() : found;
        return meant.size() == 1
                ? Optional.of(known(meant.get(0), Map.of(id(meant.get(0)), Relation.NONE)))
                : Optional.empty();
    }

    /** Those whose consents let the user see who they are. */
    private Stream<Patient> consenting(Caller reader, Relations once, List<Patient> found) {
        var asked = consents.by(reader, once, Consents.Stage.READING);
        asked.prepare(found.stream().map(StoredPatients::id).collect(Collectors.toUnmodifiableSet()));
        return found.stream()
                .filter(patient -> asked.decide(Action.on(Interaction.READ, "Patient"), target(patient))
                        .permitted());
    }

    private static Caller reader(String user, Set<Caller.Role> roles) {
        return new Caller(user, "", roles, List.of(), Optional.of(user), Optional.empty());
    }

    private static Target.Resource target(Patient patient) {
        return new Target.Resource("Patient", Optional.of(id(patient)), Set.of(id(patient)), Optional.of(patient));
    }

    private static String id(Patient patient) {
        return patient.getIdElement().getIdPart();
    }

    private static Map<String, Relation> known(Relations relations, String user, Set<Caller.Role> roles) {
        Map<String, Relation> known = new HashMap<>();
        if (roles.contains(Role.PATIENT)) {
            relations.ownRecordsOf(user).forEach(id -> known.put(id, Relation.OWN));
        }
        if (roles.contains(Role.PROXY)) {
            relations.proxiedBy(user).forEach(id -> known.putIfAbsent(id, Relation.PROXY));
        }
        if (roles.contains(Role.CLINICIAN) || roles.contains(Role.CARE_MANAGER)) {
            relations.treatedBy(user).forEach(id -> known.putIfAbsent(id, Relation.TREATED));
        }
        return known;
    }

    private static KnownPatient known(Patient patient, Map<String, Relation> known) {
        var id = id(patient);
        return new KnownPatient(
                id,
                name(patient),
                birthDate(patient),
                Optional.ofNullable(known.get(id)).orElseThrow());
    }

    private static String name(Patient patient) {
        Stream<HumanName> best =
                BEST_NAMES.stream().flatMap(use -> patient.getName().stream().filter(name -> name.getUse() == use));
        return Stream.concat(best, patient.getName().stream())
                .map(HumanName::getNameAsSingleString)
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("");
    }

    private static Optional<LocalDate> birthDate(Patient patient) {
        return Optional.ofNullable(patient.getBirthDateElement().getValueAsString())
                .filter(text -> text.length() == "2000-01-31".length())
                .map(LocalDate::parse);
    }
}
