package org.rapport.smart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmartScopeTest {

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource({
        "patient/Observation.rs, patient/Observation.rs",
        "patient/Observation.read, patient/Observation.rs",
        "user/*.write, user/*.cud",
        "system/*.*, system/*.cruds",
        "user/Patient.c, user/Patient.c"
    })
    void readsBothVersions(String text, String version2) {
        assertThat(SmartScope.toVersion2(List.of(text))).containsExactly(version2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "patient/Observation",
                "patient/Observation.",
                "patient/Observation.sr",
                "patient/Observation.rr",
                "patient/Observation.readwrite",
                "patient/Foo.rs",
                "patient/observation.rs",
                "Patient/Observation.rs",
                "group/*.rs",
                "patient/Observation.rs?unheard=x",
                "patient/Observation.rs?category=x%26patient=bob",
                "patient/*.rs?category=x",
                "patient/*.rs ",
                " patient/*.rs"
            })
    void readsNothingElse(String text) {
        assertThat(SmartScope.parse(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0} allows {1}: {2}")
    @CsvSource({
        "patient/*.cruds, patient/Observation.rs, true",
        "patient/*.rs, patient/*.read, true",
        "patient/*.rs, patient/*.rs, true",
        "patient/Observation.rs, patient/*.rs, false",
        "patient/*.rs, patient/Observation.u, false",
        "patient/*.cruds, user/Observation.rs, false",
        "patient/Observation.rs, patient/Condition.rs, false",
        "openid fhirUser, openid, true",
        "openid, fhirUser, false",
        "admin, admin, false",
        "patient/*.rs openid, openid patient/Patient.r patient/Observation.s, true",
        "patient/*.rs openid, openid patient/Patient.r patient/Observation.c, false"
    })
    void allowsOnlyWhatIsRegisteredOrCovered(String registered, String requested, boolean allowed) {
        assertThat(SmartScope.allows(words(registered), words(requested))).isEqualTo(allowed);
    }

    @Test
    void rewritesForTheTokenWithoutDoubles() {
        assertThat(SmartScope.toVersion2(words("patient/*.read openid patient/*.rs")))
                .containsExactly("openid", "patient/*.rs");
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }
}
