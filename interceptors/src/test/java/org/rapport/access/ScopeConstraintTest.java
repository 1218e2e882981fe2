package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.access.ScopeConstraint.Parameter;

class ScopeConstraintTest {

    private static final String VITALS = "http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";

    @Test
    void isASearchParameterAndAValue() {
        assertThat(ScopeConstraint.parse("Observation", "category=" + VITALS))
                .contains(new ScopeConstraint(List.of(new Parameter("category", VITALS))));
    }

    @Test
    void isTheSameInAnyOrder() {
        assertThat(Scope.parse("patient/Observation.rs?code=x&category=a,b"))
                .isEqualTo(Scope.parse("patient/Observation.rs?category=a,b&code=x"));
        assertThat(Scope.parse("patient/Observation.sr?code=x&category=a,b")).isEmpty();
        assertThat(Scope.parse("patient/Observation.rs?code=x&category=a,b")
                        .orElseThrow()
                        .text())
                .isEqualTo("patient/Observation.rs?category=a,b&code=x");
    }

    @ParameterizedTest
    @CsvSource({
        "Observation,       date=ge2020-01-01",
        "Observation,       status=final",
        "Condition,         category=http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis",
        "DocumentReference, category=clinical-note",
        "List,              code=x",
        "Patient,           _tag=x",
        "MedicationRequest, intent=order",
    })
    void takesWhatR4DefinesForTheType(String type, String query) {
        assertThat(ScopeConstraint.parse(type, query)).isPresent();
    }

    @ParameterizedTest
    @DisplayName("OA-023: anything else is no constraint")
    @ValueSource(
            strings = {
                "",
                "category",
                "category=",
                "=x",
                "&",
                "category=x&",
                "&category=x",
                "category=x%26patient=P-B",
                "category=x%7Cy",
                "category=x+y",
                "category=x=y",
                "category=x?patient=P-B",
                "category=x#y",
                "category=x\\,y",
                "category=x;patient=y",
                "category:not=x",
                "category:text=x",
                "subject.name=x",
                "subject:Patient.name=x",
                "_has:Group:member:_id=x",
                "birthdate=2000-01-01",
                "unheard=x",
                "near=1",
                "code-value-concept=x",
                "_count=1",
                "_include=x",
                "_filter=x",
                "_lastUpdated=x",
                "CATEGORY=x",
                "code=1&code=2&code=3&code=4&code=5&code=6",
            })
    void isNothingElse(String query) {
        assertThat(ScopeConstraint.parse("Observation", query)).isEmpty();
    }

    @Test
    void hasALength() {
        assertThat(ScopeConstraint.parse("Observation", "code=" + "x".repeat(495)))
                .isPresent();
        assertThat(ScopeConstraint.parse("Observation", "code=" + "x".repeat(496)))
                .isEmpty();
    }

    @Test
    void isNothingForATypeThatIsNone() {
        assertThat(ScopeConstraint.parse("Unheard", "_id=x")).isEmpty();
        assertThat(ScopeConstraint.parse("*", "_id=x")).isEmpty();
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "patient/*.cruds,                   patient/Observation.rs?category=x,  true",
        "patient/Observation.rs,            patient/Observation.r?category=x,   true",
        "patient/Observation.rs?category=x, patient/Observation.rs?category=x,  true",
        "patient/Observation.rs?category=x, patient/Observation.r?category=x,   true",
        "patient/Observation.rs?category=x, patient/Observation.rs,             false",
        "patient/Observation.rs?category=x, patient/Observation.rs?category=y,  false",
        "patient/Observation.r?category=x,  patient/Observation.rs?category=x,  false",
        "user/Observation.rs,               patient/Observation.rs?category=x,  false",
    })
    void coversNoMoreThanItself(String has, String wanted, boolean covers) {
        assertThat(Scope.parse(has).orElseThrow().covers(Scope.parse(wanted).orElseThrow()))
                .isEqualTo(covers);
    }
}
