package org.rapport.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CriteriaTest {

    @ParameterizedTest(name = "{index}: {0}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "Observation; Observation; ''",
                "Observation?; Observation; ''",
                "Observation?code=8867-4; Observation; code=8867-4",
                "Observation?code=http://loinc.org|8867-4&subject=Patient/a; Observation; "
                        + "code=http://loinc.org|8867-4&subject=Patient/a",
                "Observation?subject:Patient=a&date=ge2026-01-01; Observation; subject:Patient=a&date=ge2026-01-01",
                "Patient?_id=a&_tag=x; Patient; _id=a&_tag=x",
            })
    void areASearchOfOneType(String text, String type, String query) {
        assertThat(Criteria.parse(text)).hasValue(new Criteria(type, query));
    }

    @ParameterizedTest(name = "{index}: {0}")
    @ValueSource(
            strings = {
                "",
                "?code=1",
                "observation?code=1",
                "Observation?code",
                "Observation?=1",
                "Observation?subject.name=Alice",
                "Observation?subject:Patient.name=Alice",
                "Observation?subject%2Ename=Alice",
                "Patient?_has:Observation:subject:code=1",
                "Observation?_include=Observation:subject",
                "Observation?_sort=date",
                "Observation?_count=1",
                "Observation?_content=secret",
                "Observation?_lastUpdated=ge2026-01-01",
                "Observation?%zz=1",
                "Observation?code=1#x",
                "Observation?code=a b",
                "http://127.0.0.1/fhir/Observation?code=1",
                "[*]",
                "http://example.org/SubscriptionTopic/admission",
            })
    void areNothingElse(String text) {
        assertThat(Criteria.parse(text)).isEmpty();
    }
}
