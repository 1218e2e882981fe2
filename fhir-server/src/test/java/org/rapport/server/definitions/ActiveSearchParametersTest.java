package org.rapport.server.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Test;
import org.rapport.ig.SearchParameterList;

class ActiveSearchParametersTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();

    @Test
    void keepsASharedParameterForTheTypesOnTheListOnly() {
        var list = new SearchParameterList(Set.of(), Map.of("Patient", Set.of("birthdate")));
        assertThat(active(list))
                .filteredOn(parameter -> parameter.getCode().equals("birthdate"))
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.getBase())
                        .extracting(base -> base.getCode())
                        .containsExactly("Patient"));
    }

    @Test
    void leavesOutWhatIsNotOnTheList() {
        var list = new SearchParameterList(Set.of(), Map.of("Patient", Set.of("birthdate")));
        assertThat(active(list)).noneMatch(parameter -> parameter.getCode().equals("combo-code-value-quantity"));
    }

    @Test
    void findsEveryParameterOfTheRealList() {
        var list = SearchParameterList.load();
        var active = active(list);
        assertThat(list.of("Observation"))
                .allSatisfy(code -> assertThat(active)
                        .as(code)
                        .anyMatch(parameter -> parameter.getCode().equals(code)));
        assertThat(active).hasSizeBetween(300, 900);
    }

    private static List<SearchParameter> active(SearchParameterList list) {
        return new ActiveSearchParameters(list).resources(FHIR);
    }
}
