package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rapport.ig.SearchParameterList;

class TypeRuleTest {

    /** Closed to everybody: never stored. */
    private static final Set<String> CLOSED = Set.of("OperationOutcome", "Parameters");

    private final FhirContext fhir = FhirContext.forR4Cached();

    @Test
    void isDecidedForEveryType() {
        assertThat(fhir.getResourceTypes())
                .allSatisfy(type -> assertThat(TypeRule.openTypes().contains(type) ^ CLOSED.contains(type))
                        .as(type)
                        .isTrue());
        assertThat(fhir.getResourceTypes()).containsAll(TypeRule.openTypes());
    }

    @Test
    void searchesAndMeasuresByTheSameReference() {
        for (var type : TypeRule.openTypes()) {
            TypeRule.of(type).recordLink().ifPresent(link -> {
                var parameter = fhir.getResourceDefinition(type).getSearchParam(link.parameter());
                assertThat(parameter).as(type + "?" + link.parameter()).isNotNull();
                var path = link.path().isEmpty() ? "Resource.id" : type + "." + link.path();
                assertThat(parameter.getPath()).as(type).contains(path);
            });
        }
    }

    @Test
    void searchesByAParameterThatIsInUse() {
        var inUse = SearchParameterList.load();
        for (var type : TypeRule.openTypes()) {
            TypeRule.of(type)
                    .recordLink()
                    .ifPresent(link -> assertThat(inUse.contains(type, link.parameter()))
                            .as(type + "?" + link.parameter())
                            .isTrue());
        }
    }
}
