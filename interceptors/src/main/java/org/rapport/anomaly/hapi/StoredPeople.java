package org.rapport.anomaly.hapi;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.rapport.access.Relations;
import org.rapport.access.hapi.StoredResources;
import org.rapport.suspicion.People;

/** Knows of relations what the access decision knows, and of people their names, homes and birthdays. */
final class StoredPeople implements People {

    private final Relations relations;
    private final StoredResources stored;
    private final Cache<String, Set<String>> treated = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private final Cache<String, Optional<Identity>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofHours(1))
            .build();

    StoredPeople(Relations relations, StoredResources stored) {
        this.relations = relations;
        this.stored = stored;
    }

    @Override
    public boolean treats(String practitioner, String patient) {
        return treated.get(practitioner, relations::treatedBy).contains(patient);
    }

    @Override
    public boolean areClose(String practitioner, String patient) {
        return identity(practitioner)
                .flatMap(one -> identity("Patient/" + patient).map(one::isCloseTo))
                .orElse(false);
    }

    private Optional<Identity> identity(String reference) {
        return known.get(
                reference,
                key -> stored.current(new IdType(key).getResourceType(), new IdType(key).getIdPart())
                        .flatMap(resource -> {
                            if (resource instanceof Practitioner one) {
                                return Optional.of(
                                        Identity.of(one.getName(), one.getAddress(), one.getBirthDateElement()));
                            }
                            return resource instanceof Patient one
                                    ? Optional.of(
                                            Identity.of(one.getName(), one.getAddress(), one.getBirthDateElement()))
                                    : Optional.empty();
                        }));
    }

    /**
     * What tells people apart.
     *
     * @param families names, in lower case
     * @param persons each name with the birthday
     * @param homes each address with its postal code
     */
    private record Identity(Set<String> families, Set<String> persons, Set<String> homes) {

        static Identity of(List<HumanName> names, List<Address> addresses, PrimitiveType<?> birthday) {
            return new Identity(
                    distinct(names.stream().filter(HumanName::hasFamily).map(HumanName::getFamily)),
                    birthday.hasValue()
                            ? distinct(names.stream()
                                    .filter(name -> name.hasFamily() && name.hasGiven())
                                    .map(name -> name.getFamily()
                                            + '|'
                                            + name.getGivenAsSingleString()
                                            + '|'
                                            + birthday.getValueAsString()))
                            : Set.of(),
                    distinct(addresses.stream()
                            .filter(address -> address.hasLine() && address.hasPostalCode())
                            .map(address -> address.getLine().get(0).getValue() + '|' + address.getPostalCode())));
        }

        boolean isCloseTo(Identity other) {
            boolean same = persons.stream().anyMatch(other.persons::contains);
            boolean housemates = families.stream().anyMatch(other.families::contains)
                    && homes.stream().anyMatch(other.homes::contains);
            return same || housemates;
        }

        private static Set<String> distinct(Stream<String> texts) {
            return texts.map(text -> text.strip().toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        }
    }
}
