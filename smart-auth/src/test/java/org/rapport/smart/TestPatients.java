package org.rapport.smart;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rapport.access.Caller;
import org.rapport.access.PatientDirectory;

/**
 * The patients of {@link TestWorld}: everybody with a record reaches it, dr-adams treats Alice and Carol, dr-busy treats
 * sixty, dana acts for Carol.
 */
public final class TestPatients implements PatientDirectory {

    private static final LocalDate BORN = LocalDate.of(1980, 2, 1);

    /** Whether a resource is in a patient's record; {@code Encounter/alice-1} and the like are in Alice's. */
    public static boolean owns(String reference, String patient) {
        return reference.contains("/" + patient + "-");
    }

    @Override
    public List<KnownPatient> reachableBy(String fhirUser, Set<Caller.Role> roles, String search, int most) {
        return reachable(fhirUser)
                .filter(patient -> Arrays.stream(search.toLowerCase(Locale.ROOT).split(" ", -1))
                        .allMatch(word -> (' ' + patient.name().toLowerCase(Locale.ROOT)).contains(' ' + word)))
                .limit(most)
                .toList();
    }

    @Override
    public Optional<KnownPatient> reachable(String fhirUser, Set<Caller.Role> roles, String patientId) {
        return reachable(fhirUser)
                .filter(patient -> patient.id().equals(patientId))
                .findFirst();
    }

    /** Everybody but {@code nobody}; a wristband has a {@code w-} before the id. */
    @Override
    public Optional<KnownPatient> anybody(String number) {
        return number.equals("nobody")
                ? Optional.empty()
                : Optional.of(new KnownPatient(
                        number.replaceFirst("^w-", ""), "Carla <i>Cole</i>", Optional.of(BORN), Relation.NONE));
    }

    private static Stream<KnownPatient> reachable(String fhirUser) {
        return switch (fhirUser) {
            case "Practitioner/dr-adams" ->
                Stream.of(patient("alice", "Alice <i>Adler</i>"), patient("carol", "Carol Conrad"));
            case "Practitioner/dr-busy" ->
                IntStream.range(0, 60).mapToObj(number -> patient("p" + number, "Patient Number" + number));
            case "RelatedPerson/dana" ->
                Stream.of(new KnownPatient("carol", "Carol Conrad", Optional.of(BORN), Relation.PROXY));
            default ->
                fhirUser.startsWith("Patient/")
                        ? Stream.of(new KnownPatient(
                                fhirUser.substring("Patient/".length()), "", Optional.empty(), Relation.OWN))
                        : Stream.empty();
        };
    }

    private static KnownPatient patient(String id, String name) {
        return new KnownPatient(id, name, Optional.of(BORN), Relation.TREATED);
    }
}
