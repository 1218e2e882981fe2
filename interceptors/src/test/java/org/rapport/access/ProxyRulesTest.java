package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class ProxyRulesTest {

    private static final String GUARDIAN = "RelatedPerson/guardian";

    private final AccessRules rules =
            new AccessRules(new Relations(user -> Set.of(), new Ties()), ConstraintMatcher.NONE);

    @Nested
    class AProxy {

        @ParameterizedTest(name = "{0} of {1} of {2}: {3}")
        @CsvSource({
            "READ,             Observation,  c2,        true",
            "SEARCH,           Observation,  c2,        true",
            "HISTORY_INSTANCE, Observation,  c2,        true",
            "READ,             Patient,      c2,        true",
            "READ,             Organization, '',        true",
            "READ,             Observation,  c1,        false",
            "READ,             Appointment,  c2+alice,  false",
            "READ,             Observation,  alice,     false",
            "READ,             AuditEvent,   c2,        false",
            "CREATE,           Observation,  c2,        true",
            "UPDATE,           Patient,      c2,        false",
            "HISTORY_TYPE,     Observation,  c2,        false",
        })
        void staysInTheRecordOfTheLaunch(Interaction interaction, String type, String owners, boolean permitted) {
            var caller = caller("patient/*.cruds", Role.PROXY, GUARDIAN, "c2");
            assertThat(permits(caller, interaction, type, owners)).isEqualTo(permitted);
        }

        @Test
        @DisplayName("AC-044: a guardian of two children opens the one of the launch")
        void opensEachChildByALaunchOfItsOwn() {
            assertThat(reach("c1")).isEqualTo(new Reach.Records(Set.of("c1")));
            assertThat(reach("c2")).isEqualTo(new Reach.Records(Set.of("c2")));
        }

        @ParameterizedTest
        @CsvSource({"alice, RelatedPerson/guardian", "c2, RelatedPerson/stranger", "c2, Patient/c2", "c2, Person/c2"})
        void getsNothingForAPatientWhoIsNotTheirs(String patient, String user) {
            var caller = caller("patient/*.cruds", Role.PROXY, user, patient);
            for (var type : Set.of("Observation", "Organization", "Patient")) {
                assertThat(rules.reach(caller, Action.on(Interaction.SEARCH, type)))
                        .isInstanceOf(Reach.Nothing.class);
            }
        }

        @Test
        void getsNothingByAUserScope() {
            assertThat(permits(caller("user/*.cruds", Role.PROXY, GUARDIAN, "c2"), Interaction.READ, "Patient", "c2"))
                    .isFalse();
        }

        @Test
        void booksForThePatientAndSendsBundles() {
            var caller = caller("patient/*.cruds", Role.PROXY, GUARDIAN, "c2");
            var book = new Action(Interaction.OPERATION_TYPE, "Appointment", "$book");
            assertThat(rules.decide(caller, book, target("Appointment", "c2")).permitted())
                    .isTrue();
            assertThat(rules.decide(caller, book, target("Appointment", "c1")).permitted())
                    .isFalse();
            assertThat(rules.decide(caller, Action.on(Interaction.BUNDLE, ""), new Target.AnyOf(""))
                            .permitted())
                    .isTrue();
        }

        @ParameterizedTest(name = "{0}: {1} of {2}")
        @CsvSource({
            "BOOK,        READ,             Patient,             '',             true",
            "BOOK,        READ,             Organization,        '',             true",
            "BOOK,        SEARCH,           Appointment,         '',             true",
            "BOOK,        OPERATION_TYPE,   Appointment,         $book,          true",
            "BOOK,        READ,             Observation,         '',             false",
            "BOOK,        OPERATION_INSTANCE, Patient,           $everything,    true",
            "BOOK,        OPERATION_INSTANCE, Patient,           $access-log,    false",
            "FULL,        OPERATION_INSTANCE, Patient,           $access-log,    true",
            "MESSAGE,     CREATE,           Communication,       '',             true",
            "MESSAGE,     CREATE,           Observation,         '',             false",
            "MESSAGE,     OPERATION_TYPE,   Appointment,         $book,          false",
            "RESULTS,     READ,             Observation,         '',             true",
            "RESULTS,     CREATE,           Observation,         '',             false",
            "MESSAGE,     READ,             CareTeam,            '',             true",
            "RESULTS,     READ,             Binary,              '',             true",
            "RESULTS,     READ,             MedicationRequest,   '',             false",
            "MEDICATIONS, READ,             MedicationStatement, '',             true",
            "MEDICATIONS, READ,             Condition,           '',             false",
            "DOCUMENTS,   READ,             DocumentReference,   '',             true",
            "DOCUMENTS,   OPERATION_TYPE,   Consent,             $preview,       false",
            "FULL,        READ,             Condition,           '',             true",
        })
        void actsInThePartOfTheRecordThatIsGiven(
                ProxyScope scope, Interaction interaction, String type, String operation, boolean permitted) {
            var action = new Action(interaction, type, operation);
            assertThat(within(Set.of(scope)).reach(guardian(), action) instanceof Reach.Nothing)
                    .isEqualTo(!permitted);
        }

        @Test
        void readsWhoTheyAreThemselvesInWhateverPartTheyAct() {
            var own = new ScopeConstraint(List.of(new ScopeConstraint.Parameter("_id", "guardian")));
            var rules = within(Set.of(ProxyScope.BOOK));
            assertThat(rules.reach(guardian(), Action.on(Interaction.SEARCH, "RelatedPerson")))
                    .isEqualTo(new Reach.Matching(new Reach.Records(Set.of("c2")), own));
            assertThat(rules.reach(guardian(), Action.on(Interaction.UPDATE, "RelatedPerson")))
                    .isInstanceOf(Reach.Nothing.class);
            assertThat(within(Set.of()).reach(guardian(), Action.on(Interaction.READ, "RelatedPerson")))
                    .isInstanceOf(Reach.Nothing.class);
        }

        @Test
        void actsInEachPartThatIsGivenAndInNoneWithout() {
            var some = within(Set.of(ProxyScope.RESULTS, ProxyScope.MESSAGE));
            for (var type : Set.of("Observation", "Communication", "Patient")) {
                assertThat(some.reach(guardian(), Action.on(Interaction.SEARCH, type)))
                        .isEqualTo(new Reach.Records(Set.of("c2")));
            }
            assertThat(some.reach(guardian(), Action.on(Interaction.SEARCH, "Appointment")))
                    .isInstanceOf(Reach.Nothing.class);
            for (var type : Set.of("Patient", "Organization", "Appointment")) {
                assertThat(within(Set.of()).reach(guardian(), Action.on(Interaction.READ, type)))
                        .isInstanceOf(Reach.Nothing.class);
            }
        }

        private static Caller guardian() {
            return caller("patient/*.cruds", Role.PROXY, GUARDIAN, "c2");
        }

        private static AccessRules within(Set<ProxyScope> scopes) {
            var relations = new Relations(user -> Set.of(), new ProxyRelations() {
                @Override
                public Set<String> patientsOf(String user) {
                    return scopesOf(user).keySet();
                }

                @Override
                public Map<String, Set<ProxyScope>> scopesOf(String user) {
                    return user.equals(GUARDIAN) ? Map.of("c2", scopes) : Map.of();
                }
            });
            return new AccessRules(relations.once(), ConstraintMatcher.NONE);
        }

        private Reach reach(String patient) {
            return rules.reach(
                    caller("patient/*.rs", Role.PROXY, GUARDIAN, patient),
                    Action.on(Interaction.SEARCH, "Observation"));
        }
    }

    @Nested
    class APerson {

        @Test
        void isThePatientItLinksTo() {
            var caller = caller("patient/*.rs", Role.PATIENT, "Person/ann", "ann-record");
            assertThat(permits(caller, Interaction.READ, "Observation", "ann-record"))
                    .isTrue();
        }

        @Test
        void isNobodyElse() {
            var caller = caller("patient/*.rs", Role.PATIENT, "Person/ann", "bob");
            assertThat(permits(caller, Interaction.READ, "Observation", "bob")).isFalse();
        }

        @Test
        void actsForThoseItIsRelatedTo() {
            var proxy = caller("patient/*.rs", Role.PROXY, "Person/ann", "c1");
            var patient = caller("patient/*.rs", Role.PATIENT, "Person/ann", "c1");
            assertThat(permits(proxy, Interaction.READ, "Observation", "c1")).isTrue();
            assertThat(permits(patient, Interaction.READ, "Observation", "c1")).isFalse();
        }
    }

    private boolean permits(Caller caller, Interaction interaction, String type, String owners) {
        return rules.decide(caller, Action.on(interaction, type), target(type, owners))
                .permitted();
    }

    private static Target.Resource target(String type, String owners) {
        var patients = owners.isEmpty() ? Set.<String>of() : Set.of(owners.split("\\+", -1));
        return new Target.Resource(type, Optional.of("1"), patients);
    }

    private static Caller caller(String scope, Role role, String fhirUser, String patient) {
        return new Caller(
                "somebody", "app", Set.of(role), Scope.parseAll(scope), Optional.of(fhirUser), Optional.of(patient));
    }

    private static final class Ties implements ProxyRelations {

        @Override
        public Set<String> patientsOf(String user) {
            return Map.of(GUARDIAN, Set.of("c1", "c2"), "Person/ann", Set.of("c1"))
                    .getOrDefault(user, Set.of());
        }

        @Override
        public Set<String> ownRecordsOf(String person) {
            return person.equals("Person/ann") ? Set.of("ann-record") : Set.of();
        }
    }
}
