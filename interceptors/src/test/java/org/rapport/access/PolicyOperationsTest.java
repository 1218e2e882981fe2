package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.Caller.Role;

class PolicyOperationsTest {

    private final AccessRules rules =
            new AccessRules(new Relations(practitioner -> Set.of(), ProxyRelations.NONE), ConstraintMatcher.NONE);

    @ParameterizedTest(name = "{0} with {1} runs {2}: {3}")
    @CsvSource({
        "ADMIN,           user/*.cruds,          $publish-policy, true",
        "ADMIN,           user/Consent.c,        $publish-policy, true",
        "ADMIN,           user/Consent.rs,       $publish-policy, false",
        "ADMIN,           user/Schedule.cruds,   $publish-policy, false",
        "PRIVACY_OFFICER, user/*.cruds,          $publish-policy, true",
        "PRIVACY_OFFICER, user/*.rs,             $publish-policy, false",
        "CLINICIAN,       user/*.cruds,          $publish-policy, false",
        "PATIENT,         patient/*.cruds,       $publish-policy, false",
        "AUDITOR,         user/*.cruds,          $publish-policy, false",
        "SYSTEM,          system/*.cruds,        $publish-policy, false",
        "SYSTEM,          system/Observation.rs, $policy-text,    true",
        "PATIENT,         patient/Consent.r,     $policy-text,    true",
        "CLERK,           user/Appointment.rs,   $policy-text,    true",
        "INTEGRATOR,      openid,                $policy-text,    true",
        "DEVICE,          user/*.cruds,          $policy-text,    false",
    })
    void areForThoseTheyConcern(Role role, String scope, String operation, boolean permitted) {
        var caller =
                new Caller("somebody", "app", Set.of(role), Scope.parseAll(scope), Optional.empty(), Optional.empty());
        var action = new Action(Interaction.OPERATION_TYPE, "Consent", operation);
        assertThat(rules.decide(caller, action, new Target.AnyOf("Consent")).permitted())
                .isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource({"ADMIN, READ", "ADMIN, CREATE", "CLERK, SEARCH", "INTEGRATOR, READ"})
    void openNoConsents(Role role, Interaction interaction) {
        var caller = new Caller(
                "somebody", "app", Set.of(role), Scope.parseAll("user/*.cruds"), Optional.empty(), Optional.empty());
        assertThat(rules.decide(caller, Action.on(interaction, "Consent"), new Target.AnyOf("Consent"))
                        .permitted())
                .isFalse();
    }
}
