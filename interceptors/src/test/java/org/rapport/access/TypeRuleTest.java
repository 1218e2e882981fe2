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
            TypeRule.of(type).recordLink().ifPresent(link -> assertSame(type, link.parameter(), link.path()));
        }
    }

    /** A chain goes on at one of the types that its first parameter leads to. */
    private void assertSame(String type, String chain, String path) {
        var names = chain.split("\\.", 2);
        var parameter = fhir.getResourceDefinition(type).getSearchParam(names[0]);
        assertThat(parameter).as(type + "?" + chain).isNotNull();
        var first = names.length > 1 ? path.split("\\.", 2)[0] : path;
        assertThat(parameter.getPath()).as(type).contains(path.isEmpty() ? "Resource.id" : type + "." + first);
        if (names.length > 1) {
            assertThat(parameter.getTargets())
                    .singleElement()
                    .satisfies(target -> assertSame(target, names[1], path.split("\\.", 2)[1]));
        }
    }

    @Test
    void searchesByAParameterThatIsInUse() {
        var inUse = SearchParameterList.load();
        for (var type : TypeRule.openTypes()) {
            TypeRule.of(type)
                    .recordLink()
                    .ifPresent(link -> assertThat(
                                    inUse.contains(type, link.parameter().split("\\.", 2)[0]))
                            .as(type + "?" + link.parameter())
                            .isTrue());
        }
    }
}
