package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class AccessRulesTest {

    private static final String DR_X = "Practitioner/dr-x";
    private final AccessRules rules = new AccessRules(
            new Relations(
                    practitioner -> Map.of(DR_X, Set.of("alice")).getOrDefault(practitioner, Set.of()),
                    ProxyRelations.NONE),
            ConstraintMatcher.NONE);

    @Nested
    class ASystem {

        @ParameterizedTest(name = "{0}: {1} of {2}: {3}")
        @CsvSource({
            "system/*.cruds,         CREATE,           Observation,     true",
            "system/*.cruds,         CREATE_WITH_ID,   Patient,         true",
            "system/*.cruds,         DELETE,           Practitioner,    true",
            "system/*.cruds,         HISTORY_TYPE,     Observation,     true",
            "system/*.cruds,         HISTORY_SYSTEM,   '',              false",
            "system/*.cruds,         READ,             AuditEvent,      true",
            "system/*.cruds,         CREATE,           AuditEvent,      false",
            "system/*.cruds,         UPDATE,           AuditEvent,      false",
            "system/*.cruds,         CREATE,           SearchParameter, false",
            "system/*.cruds,         READ,             Subscription,    true",
            "system/*.cruds,         CREATE,           Subscription,    true",
            "system/*.cruds,         READ,             Unheard,         false",
            "system/*.rs,            READ,             Observation,     true",
            "system/*.rs,            CREATE,           Observation,     false",
            "system/*.read,          SEARCH,           Observation,     true",
            "system/Observation.rs,  READ,             Observation,     true",
            "system/Observation.rs,  READ,             Patient,         false",
            "user/*.cruds,           READ,             Observation,     false",
            "patient/*.cruds,        READ,             Observation,     false",
        })
        void goesByScope(String scope, Interaction interaction, String type, boolean permitted) {
            var caller = caller(scope, Set.of(Role.SYSTEM), Optional.empty(), Optional.empty());
            assertThat(permits(caller, interaction, type)).isEqualTo(permitted);
        }

        @ParameterizedTest(name = "{0} on {1} {2}: {3}")
        @CsvSource({
            "$everything,                    Patient,     OPERATION_INSTANCE, true",
            "$everything,                    Patient,     OPERATION_TYPE,     true",
            "$everything,                    Encounter,   OPERATION_INSTANCE, false",
            "$validate,                      Observation, OPERATION_TYPE,     true",
            "$expand,                        ValueSet,    OPERATION_TYPE,     true",
            "$lookup,                        CodeSystem,  OPERATION_TYPE,     true",
            "$validate-code,                 ValueSet,    OPERATION_TYPE,     true",
            "$meta,                          Patient,     OPERATION_INSTANCE, false",
            "$meta-add,                      Patient,     OPERATION_INSTANCE, false",
            "$export,                        '',          OPERATION_SYSTEM,   false",
            "$expunge,                       '',          OPERATION_SYSTEM,   false",
            "$reindex,                       '',          OPERATION_SYSTEM,   false",
            "$upload-external-code-system,   CodeSystem,  OPERATION_TYPE,     false",
            "$lastn,                         Observation, OPERATION_TYPE,     false",
        })
        void runsOnlyListedOperations(String operation, String type, Interaction level, boolean permitted) {
            var caller = caller("system/*.cruds", Set.of(Role.SYSTEM), Optional.empty(), Optional.empty());
            assertThat(rules.decide(caller, new Action(level, type, operation), new Target.AnyOf(type))
                            .permitted())
                    .isEqualTo(permitted);
        }
    }

    @Nested
    class APatient {

        private final Caller alice =
                caller("patient/*.cruds", Set.of(Role.PATIENT), Optional.of("Patient/alice"), Optional.of("alice"));

        @ParameterizedTest(name = "{0} of {1} of {2}: {3}")
        @CsvSource({
            "READ,             Observation,  alice,     true",
            "SEARCH,           Observation,  alice,     true",
            "HISTORY_INSTANCE, Observation,  alice,     true",
            "READ,             Patient,      alice,     true",
            "READ,             Device,       alice,     true",
            "READ,             Observation,  bob,       false",
            "READ,             Appointment,  alice+bob, false",
            "READ,             Observation,  '',        false",
            "READ,             Organization, '',        true",
            "READ,             Slot,         '',        true",
            "READ,             Basic,        alice,     false",
            "READ,             Group,        alice,     false",
            "READ,             AuditEvent,   alice,     false",
            "CREATE,           Observation,  alice,     true",
            "CREATE,           Observation,  bob,       false",
            "UPDATE,           Observation,  alice,     true",
            "CREATE,           Condition,    alice,     false",
            "UPDATE,           Patient,      alice,     false",
            "UPDATE,           Slot,         '',        false",
            "HISTORY_TYPE,     Observation,  alice,     false",
            "CREATE_WITH_ID,   Observation,  alice,     false",
            "PAGE,             '',           '',        false",
        })
        void staysInTheOwnRecord(Interaction interaction, String type, String owners, boolean permitted) {
            assertThat(permits(alice, interaction, type, owners)).isEqualTo(permitted);
        }

        @Test
        void isToldThatAWiderScopeWouldHelp() {
            var narrow = caller("patient/Patient.r", Set.of(Role.PATIENT), Optional.empty(), Optional.of("alice"));
            assertThat(rules.decide(
                            narrow, Action.on(Interaction.SEARCH, "Observation"), new Target.AnyOf("Observation")))
                    .isEqualTo(new AccessDecision.Deny("no scope for it", true));
        }

        @Test
        void getsNothingByAUserScope() {
            var caller = caller("user/*.rs", Set.of(Role.PATIENT), Optional.of("Patient/alice"), Optional.of("alice"));
            assertThat(permits(caller, Interaction.READ, "Observation", "alice"))
                    .isFalse();
        }

        @Test
        void getsNothingWithSomebodyElseInContext() {
            var caller = caller("patient/*.rs", Set.of(Role.PATIENT), Optional.of("Patient/alice"), Optional.of("bob"));
            assertThat(permits(caller, Interaction.READ, "Observation", "bob")).isFalse();
        }

        @Test
        void getsTheWholeOwnRecordAtOnce() {
            var everything = new Action(Interaction.OPERATION_INSTANCE, "Patient", "$everything");
            assertThat(rules.decide(alice, everything, resource("Patient", "alice"))
                            .permitted())
                    .isTrue();
            assertThat(rules.decide(alice, everything, resource("Patient", "bob"))
                            .permitted())
                    .isFalse();
        }
    }

    @Nested
    class AClinician {

        private final Caller drX = caller("user/*.cruds", Set.of(Role.CLINICIAN), Optional.of(DR_X), Optional.empty());

        @ParameterizedTest(name = "{0} of {1} of {2}: {3}")
        @CsvSource({
            "READ,           Observation,     alice, true",
            "CREATE,         Observation,     alice, true",
            "UPDATE,         Patient,         alice, true",
            "PATCH,          Observation,     alice, true",
            "READ,           Observation,     bob,   false",
            "CREATE,         Observation,     bob,   false",
            "UPDATE,         Observation,     alice+bob, false",
            "CREATE,         Patient,         '',    false",
            "DELETE,         Observation,     alice, false",
            "CREATE,         Consent,         alice, false",
            "CREATE,         Provenance,      alice, false",
            "CREATE,         RelatedPerson,   alice, false",
            "READ,           Practitioner,    '',    true",
            "UPDATE,         Practitioner,    '',    false",
            "HISTORY_TYPE,   Observation,     alice, false",
            "CREATE_WITH_ID, Observation,     alice, false",
        })
        void staysWithTheTreated(Interaction interaction, String type, String owners, boolean permitted) {
            assertThat(permits(drX, interaction, type, owners)).isEqualTo(permitted);
        }

        @Test
        void staysWithThePatientOfALaunch() {
            var launched = caller("patient/*.rs", Set.of(Role.CLINICIAN), Optional.of(DR_X), Optional.of("alice"));
            var strayed = caller("patient/*.rs", Set.of(Role.CLINICIAN), Optional.of(DR_X), Optional.of("bob"));
            assertThat(permits(launched, Interaction.READ, "Observation", "alice"))
                    .isTrue();
            assertThat(permits(strayed, Interaction.READ, "Observation", "bob")).isFalse();
        }

        @Test
        void findsNothingWithoutAnyTreatedPatient() {
            var drY =
                    caller("user/*.rs", Set.of(Role.CARE_MANAGER), Optional.of("Practitioner/dr-y"), Optional.empty());
            assertThat(rules.reach(drY, Action.on(Interaction.SEARCH, "Observation")))
                    .isEqualTo(new Reach.Records(Set.of()));
        }

        @Test
        void isNobodyWithoutAPractitioner() {
            var caller = caller("user/*.rs", Set.of(Role.CLINICIAN), Optional.of("Patient/alice"), Optional.empty());
            assertThat(permits(caller, Interaction.READ, "Observation", "alice"))
                    .isFalse();
            assertThat(permits(caller, Interaction.READ, "Practitioner", "")).isFalse();
        }
    }

    @Nested
    class Booking {

        @ParameterizedTest(name = "{0} runs {1} for {2}: {3}")
        @CsvSource({
            "system/*.cruds,                   $book,    bob,   true",
            "system/*.rs,                      $find,    '',    true",
            "system/*.rs,                      $book,    bob,   false",
            "patient/*.cruds,                  $book,    alice, true",
            "patient/*.cruds,                  $book,    bob,   false",
            "patient/*.cruds,                  $hold,    alice, true",
            "patient/Appointment.s,            $find,    '',    true",
            "patient/Appointment.rs,           $hold,    alice, false",
            "patient/Appointment.cu,           $cancel,  alice, true",
            "patient/Appointment.cu,           $cancel,  bob,   false",
            "patient/Appointment.cr,           $confirm, alice, false",
            "patient/Observation.cruds,        $book,    alice, false",
            "user/*.cruds,                     $book,    alice, true",
            "user/*.cruds,                     $book,    bob,   false",
            "user/*.rs,                        $cancel,  alice, false",
        })
        void isForThoseWhoseRecordItIs(String scope, String operation, String patient, boolean permitted) {
            var caller = switch (scope.substring(0, scope.indexOf('/'))) {
                case "system" -> caller(scope, Set.of(Role.SYSTEM), Optional.empty(), Optional.empty());
                case "patient" ->
                    caller(scope, Set.of(Role.PATIENT), Optional.of("Patient/alice"), Optional.of("alice"));
                default -> caller(scope, Set.of(Role.CLINICIAN), Optional.of(DR_X), Optional.empty());
            };
            boolean onInstance = Set.of("$confirm", "$cancel").contains(operation);
            var level = onInstance ? Interaction.OPERATION_INSTANCE : Interaction.OPERATION_TYPE;
            var target = patient.isEmpty()
                    ? new Target.AnyOf("Appointment")
                    : new Target.Resource("Appointment", Optional.empty(), Set.of(patient));
            assertThat(rules.decide(caller, new Action(level, "Appointment", operation), target)
                            .permitted())
                    .isEqualTo(permitted);
        }

        @ParameterizedTest
        @EnumSource(
                value = Role.class,
                names = {"PROXY", "ADMIN", "PRIVACY_OFFICER", "AUDITOR", "INTEGRATOR", "DEVICE"})
        void isClosedToEveryOtherRole(Role role) {
            var caller = caller(
                    "patient/*.cruds user/*.cruds system/*.cruds",
                    Set.of(role),
                    Optional.of(DR_X),
                    Optional.of("alice"));
            for (var operation : Set.of("$find", "$hold", "$book")) {
                assertThat(rules.decide(
                                        caller,
                                        new Action(Interaction.OPERATION_TYPE, "Appointment", operation),
                                        new Target.AnyOf("Appointment"))
                                .permitted())
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ADMIN", "PRIVACY_OFFICER", "AUDITOR", "INTEGRATOR", "DEVICE"})
    void showsNoPatientToWhoHasNoBusinessWithOne(Role role) {
        var caller = caller(
                "patient/*.cruds user/*.cruds system/*.cruds", Set.of(role), Optional.of(DR_X), Optional.of("alice"));
        boolean sendsBundles = role == Role.ADMIN || role == Role.INTEGRATOR;
        for (var interaction : Interaction.values()) {
            assertThat(permits(caller, interaction, "Patient", "alice"))
                    .isEqualTo(interaction == Interaction.CAPABILITIES
                            || (interaction == Interaction.BUNDLE && sendsBundles));
        }
    }

    private boolean permits(Caller caller, Interaction interaction, String type) {
        return rules.decide(caller, Action.on(interaction, type), new Target.AnyOf(type))
                .permitted();
    }

    private boolean permits(Caller caller, Interaction interaction, String type, String owners) {
        var patients = Arrays.stream(owners.split("\\+", -1))
                .filter(owner -> !owner.isEmpty())
                .collect(Collectors.toSet());
        return rules.decide(caller, Action.on(interaction, type), new Target.Resource(type, Optional.of("1"), patients))
                .permitted();
    }

    private static Target.Resource resource(String type, String owner) {
        return new Target.Resource(type, Optional.of(owner), Set.of(owner));
    }

    private static Caller caller(String scope, Set<Role> roles, Optional<String> fhirUser, Optional<String> patient) {
        return new Caller("somebody", "app", roles, List.copyOf(Scope.parseAll(scope)), fhirUser, patient);
    }
}
