package org.rapport.ig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchParameterListTest {

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final SearchParameterList LIST = SearchParameterList.load();

    static Stream<String> types() {
        return LIST.byType().keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("types")
    void namesOnlyWhatR4DefinesForTheType(String type) {
        assertThat(LIST.of(type)).isSubsetOf(definedBySpecification(type));
    }

    @Test
    void namesOnlyResourceTypesOfR4() {
        assertThat(LIST.byType().keySet()).isSubsetOf(R4.getResourceTypes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient", "Practitioner", "RelatedPerson", "Encounter", "Device"})
    void holdsEveryParameterThatHapiNarrowsACompartmentBy(String compartment) {
        for (var type : R4.getResourceTypes()) {
            var inclusion = R4.getResourceDefinition(type).getSearchParamsForCompartmentName(compartment).stream()
                    .map(RuntimeSearchParam::getName)
                    .collect(toSet());
            assertThat(LIST.of(type)).as(type).containsAll(inclusion);
        }
    }

    @Test
    void coversWithTheGuideWhatUsCoreSearchesBy() throws IOException {
        var ours = TestGuide.definitions(SearchParameter.class);
        for (var type : usCore().byType().keySet()) {
            var codes = Stream.concat(
                    LIST.of(type).stream(),
                    ours.stream().filter(own -> own.hasBase(type)).map(SearchParameter::getCode));
            assertThat(codes).as(type).containsAll(usCore().of(type));
        }
    }

    private static SearchParameterList usCore() throws IOException {
        try (var in = Guide.open("us-core-searches.txt")) {
            return SearchParameterList.parse(new String(in.readAllBytes(), UTF_8).lines());
        }
    }

    @ParameterizedTest(name = "{0} can be searched by {1}")
    @CsvSource({
        "Patient,         identifier",
        "Patient,         _id",
        "Observation,     code",
        "Provenance,      target",
        "Appointment,     actor",
        "Subscription,    criteria",
        "SearchParameter, base",
        "Basic,           code",
        "ValueSet,        url",
        "NamingSystem,    value",
    })
    void holds(String type, String code) {
        assertThat(LIST.contains(type, code)).isTrue();
        assertThat(LIST.of(type)).contains(code);
    }

    @ParameterizedTest(name = "{0} pays nothing for {1}")
    @CsvSource({
        "Observation, value-quantity",
        "Observation, component-code",
        "Observation, combo-code",
        "Observation, code-value-quantity",
        "Patient,     phonetic",
    })
    void leavesOut(String type, String code) {
        assertThat(LIST.contains(type, code)).isFalse();
    }

    @Test
    void givesAnUnlistedTypeTheCommonCodesOnly() {
        assertThat(LIST.byType()).doesNotContainKey("SubstancePolymer");
        assertThat(LIST.of("SubstancePolymer")).isEqualTo(LIST.common()).contains("_id", "_lastUpdated");
    }

    /** A set in its own order would print differently in each JVM, and what is installed once would look changed. */
    @Test
    void printsItsCodesInAlphabeticalOrder() {
        var list = SearchParameterList.parse(Stream.of("B: d, c", "A: b, a", "*: z, y"));
        assertThat(list).hasToString("SearchParameterList[common=[y, z], byType={A=[a, b], B=[c, d]}]");
    }

    @Nested
    class Parses {

        @Test
        void commentsAndBlankLinesAsNothing() {
            var list = SearchParameterList.parse(Stream.of("# Patient: name", "", "Patient: birthdate, name"));
            assertThat(list.of("Patient")).containsExactly("birthdate", "name");
        }

        @Test
        void aLineWithoutCodesAsAMistake() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SearchParameterList.parse(Stream.of("Patient:")))
                    .withMessageContaining("\"Patient:\"");
        }
    }

    private static Set<String> definedBySpecification(String type) {
        return Stream.concat(fromValidationResources(type), fromModel(type)).collect(toSet());
    }

    private static Stream<String> fromValidationResources(String type) {
        return R4.getValidationSupport().<IBaseResource>fetchAllSearchParameters().stream()
                .map(SearchParameter.class::cast)
                .filter(parameter -> parameter.getBase().stream()
                        .map(CodeType::getCode)
                        .anyMatch(Set.of(type, "Resource", "DomainResource")::contains))
                .map(SearchParameter::getCode);
    }

    private static Stream<String> fromModel(String type) {
        return R4.getResourceDefinition(type).getSearchParams().stream().map(RuntimeSearchParam::getName);
    }
}
