package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class RolesTest {

    private final AccessRules rules = new AccessRules(
            new Relations(practitioner -> Set.of("alice"), ProxyRelations.NONE), ConstraintMatcher.NONE);

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"PRIVACY_OFFICER", "AUDITOR"})
    void ofThoseWhoWatchShowTheAuditRecordAlone(Role role) {
        var watcher = caller("user/*.cruds", role);
        assertThat(permits(watcher, Interaction.READ, "AuditEvent")).isTrue();
        assertThat(permits(watcher, Interaction.SEARCH, "AuditEvent")).isTrue();
        assertThat(permits(watcher, Interaction.CREATE, "AuditEvent")).isFalse();
        assertThat(permits(watcher, Interaction.DELETE, "AuditEvent")).isFalse();
        assertThat(permits(watcher, Interaction.READ, "Patient")).isFalse();
        assertThat(permits(caller("patient/*.rs", role), Interaction.READ, "AuditEvent"))
                .isFalse();
    }

    /** GD-007: the front desk sees every patient, and nothing clinical of any. */
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "READ,           Patient,               true",
        "SEARCH,         Patient,               true",
        "UPDATE,         Patient,               true",
        "DELETE,         Patient,               false",
        "CREATE,         Appointment,           true",
        "UPDATE,         Appointment,           true",
        "READ,           Coverage,              true",
        "READ,           RelatedPerson,         true",
        "UPDATE,         RelatedPerson,         false",
        "UPDATE,         Slot,                  true",
        "READ,           Practitioner,          true",
        "UPDATE,         Practitioner,          false",
        "READ,           Observation,           false",
        "SEARCH,         Condition,             false",
        "READ,           DocumentReference,     false",
        "READ,           QuestionnaireResponse, false",
        "READ,           Consent,               false",
        "READ,           AuditEvent,            false",
        "HISTORY_TYPE,   Patient,               false",
        "CREATE_WITH_ID, Appointment,           false",
    })
    void ofTheDeskShowPatientsAndNothingClinical(Interaction interaction, String type, boolean permitted) {
        assertThat(permits(caller("user/*.cruds", Role.CLERK), interaction, type))
                .isEqualTo(permitted);
        assertThat(
                        rules.reach(caller("user/*.cruds", Role.CLERK), Action.on(interaction, type))
                                instanceof Reach.Everything)
                .isEqualTo(permitted);
        assertThat(permits(caller("patient/*.cruds", Role.CLERK), interaction, type))
                .isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} of {2}: {3}")
    @CsvSource({
        "ADMIN,        CREATE, Organization,        true",
        "ADMIN,        DELETE, Device,              true",
        "ADMIN,        UPDATE, PractitionerRole,    true",
        "ADMIN,        READ,   Patient,             false",
        "ADMIN,        SEARCH, Appointment,         false",
        "ADMIN,        READ,   Observation,         false",
        "ADMIN,        CREATE, SearchParameter,     false",
        "ADMIN,        CREATE, Subscription,        false",
        "INTEGRATOR,   CREATE, Subscription,        true",
        "INTEGRATOR,   CREATE, StructureDefinition, true",
        "INTEGRATOR,   UPDATE, Practitioner,        false",
        "INTEGRATOR,   READ,   Patient,             false",
        "INTEGRATOR,   READ,   Device,              false",
        "DEVICE,       CREATE, Observation,         false",
        "DEVICE,       READ,   Device,              false",
        "CARE_MANAGER, CREATE, CarePlan,            true",
        "CARE_MANAGER, READ,   MedicationRequest,   true",
        "CARE_MANAGER, CREATE, MedicationRequest,   false",
        "CLINICIAN,    CREATE, MedicationRequest,   true",
    })
    void goByTheirColumn(Role role, Interaction interaction, String type, boolean permitted) {
        assertThat(permits(caller("user/*.cruds", role), interaction, type)).isEqualTo(permitted);
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void areToldWhichRuleDecided(Role role) {
        var everyScope = caller("system/*.cruds user/*.cruds patient/*.cruds", role);
        var reason = rules.decide(
                        everyScope, Action.on(Interaction.CREATE, "AuditEvent"), new Target.AnyOf("AuditEvent"))
                .fold(() -> "", partially -> "", AccessDecision.Deny::reason);
        assertThat(reason).isEqualTo("type rule: " + role.claim() + " has no right to CREATE of AuditEvent");
    }

    @Test
    void ofAPersonKeepASystemsRightsAway() {
        var scopes = List.copyOf(Scope.parseAll("system/*.rs user/*.rs"));
        var caller = new Caller(
                "x",
                "app",
                Set.of(Role.SYSTEM, Role.CLINICIAN),
                scopes,
                Optional.of("Practitioner/x"),
                Optional.empty());
        assertThat(caller.actsAlone()).isFalse();
        assertThat(permits(caller, Interaction.PAGE, "")).isFalse();
    }

    private boolean permits(Caller caller, Interaction interaction, String type) {
        return rules.decide(caller, Action.on(interaction, type), new Target.AnyOf(type))
                .permitted();
    }

    private static Caller caller(String scope, Role role) {
        var scopes = List.copyOf(Scope.parseAll(scope));
        return new Caller("kim", "app", Set.of(role), scopes, Optional.of("Practitioner/kim"), Optional.of("alice"));
    }
}
