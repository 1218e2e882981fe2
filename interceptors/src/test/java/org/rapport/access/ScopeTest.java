package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.Scope.Permission;

class ScopeTest {

    @ParameterizedTest(name = "{0} allows {1} of {2}: {3}")
    @CsvSource({
        "patient/Observation.rs,    READ,   Observation, true",
        "patient/Observation.rs,    SEARCH, Observation, true",
        "patient/Observation.rs,    UPDATE, Observation, false",
        "patient/Observation.rs,    READ,   Patient,     false",
        "patient/Observation.r,     SEARCH, Observation, false",
        "patient/Observation.read,  SEARCH, Observation, true",
        "patient/Observation.read,  CREATE, Observation, false",
        "patient/Observation.write, DELETE, Observation, true",
        "patient/Observation.write, READ,   Observation, false",
        "user/*.*,                  DELETE, Condition,   true",
        "user/*.cruds,              DELETE, Condition,   true",
    })
    void allowsOnlyWhatItNames(String scope, Permission permission, String type, boolean allowed) {
        assertThat(Scope.parse(scope).orElseThrow().opens(type, permission)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openid",
                "launch/patient",
                "patient/*.su",
                "patient/*.",
                "patient/*",
                "patient/*.rr",
                "patient/observation.rs",
                "patients/*.rs",
                "PATIENT/*.rs",
                "patient/Observation.rs?unheard=laboratory",
                "patient/Observation.read?category=laboratory",
                "patient/*.rs?category=laboratory",
                "patient/Observation.rs ",
                "",
            })
    void opensNothingWhenItIsNotUnderstood(String scope) {
        assertThat(Scope.parse(scope)).isEmpty();
    }
}
