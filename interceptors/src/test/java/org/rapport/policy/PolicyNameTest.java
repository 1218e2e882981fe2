package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyNameTest {

    @ParameterizedTest(name = "{0} is version {2} of {1}")
    @CsvSource({
        "https://house.example/privacy|2, https://house.example/privacy, 2",
        "https://house.example/privacy, https://house.example/privacy, ''",
        "https://house.example/privacy|, https://house.example/privacy, ''",
        "urn:uuid:1|2026-01, urn:uuid:1, 2026-01",
        "https://profiles.ihe.net/ITI/PCF/Policy-basic-normal, https://profiles.ihe.net/ITI/PCF/Policy-basic-normal, ''",
    })
    void isReadFromACanonical(String text, String uri, String version) {
        var name = PolicyName.of(text);
        assertThat(name.uri()).isEqualTo(uri);
        assertThat(name.version().orElse("")).isEqualTo(version);
        assertThat(PolicyName.of(name.toString())).isEqualTo(name);
    }
}
