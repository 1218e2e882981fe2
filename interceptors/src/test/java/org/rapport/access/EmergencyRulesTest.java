package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class EmergencyRulesTest {

    private final AccessRules rules = new AccessRules(
            new Relations(practitioner -> Set.of("alice"), ProxyRelations.NONE), ConstraintMatcher.NONE);

    private static Caller doctor(Optional<String> patient, Role... roles) {
        return new Caller(
                "dr-x",
                "app",
                Set.of(roles),
                List.of(Scope.parse("user/*.cruds").orElseThrow()),
                Optional.of("Practitioner/dr-x"),
                patient,
                Optional.of("BTG"));
    }

    @ParameterizedTest(name = "{1} {2}: {3}")
    @CsvSource({
        "$everything, OPERATION_INSTANCE, Patient, true",
        "$access-log, OPERATION_INSTANCE, Patient, false",
        "$export, OPERATION_TYPE, Patient, false",
        "$export, OPERATION_SYSTEM, '', false",
        "$preview, OPERATION_TYPE, Consent, false",
        "$book, OPERATION_TYPE, Appointment, false",
        "$cancel, OPERATION_INSTANCE, Appointment, false",
        "'', BUNDLE, '', false",
        "'', HISTORY_TYPE, Observation, false",
        "'', CREATE, Subscription, false",
        "'', READ, AuditEvent, false",
        "'', READ, Observation, true",
    })
    @DisplayName("BG-07: who breaks the glass reads, and runs nothing but $everything, whatever other roles allow")
    void opensNothingButTheRecord(String operation, Interaction interaction, String type, boolean permitted) {
        var caller = doctor(Optional.of("bob"), Role.CLINICIAN, Role.PRIVACY_OFFICER, Role.CLERK);
        var decision = rules.decide(caller, new Action(interaction, type, operation), new Target.AnyOf(type));
        assertThat(decision.permitted()).isEqualTo(permitted);
    }

    @Test
    void opensNoRecordWithoutAPatient() {
        var target = new Target.Resource("Observation", Optional.of("o"), Set.of("alice"));
        var action = Action.on(Interaction.READ, "Observation");
        assertThat(rules.decide(doctor(Optional.empty(), Role.CLINICIAN), action, target)
                        .permitted())
                .isFalse();
        assertThat(rules.decide(doctor(Optional.of("bob"), Role.CLINICIAN), action, target)
                        .permitted())
                .isFalse();
        assertThat(rules.decide(doctor(Optional.of("alice"), Role.CLINICIAN), action, target)
                        .permitted())
                .isTrue();
    }
}
