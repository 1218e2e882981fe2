package org.rapport.ig;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.rapport.ig.TestGuide.R4;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuideTest {

    static List<SearchParameter> searchParameters() {
        return TestGuide.definitions(SearchParameter.class);
    }

    static List<StructureDefinition> profiles() {
        return structures(false);
    }

    private static List<StructureDefinition> structures(boolean extensions) {
        return TestGuide.definitions(StructureDefinition.class).stream()
                .filter(structure -> structure.getType().equals("Extension") == extensions)
                .toList();
    }

    static Stream<MetadataResource> definitions() {
        return Stream.of(searchParameters(), profiles(), structures(true), TestGuide.definitions(CodeSystem.class))
                .flatMap(List::stream);
    }

    @Test
    void describesItsPackage() {
        assertThat(TestGuide.PACKAGE.name()).isEqualTo(Guide.PACKAGE_ID);
        assertThat(TestGuide.PACKAGE.version()).isEqualTo(Guide.VERSION);
        assertThat(TestGuide.PACKAGE.canonical()).isEqualTo(Guide.CANONICAL);
        assertThat(TestGuide.PACKAGE.fhirVersion()).isEqualTo("4.0.1");
    }

    @Test
    void namesEveryProfileOfThePackageAndNoOther() {
        assertThat(profiles())
                .extracting(StructureDefinition::getUrl)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Profile.values()).map(Profile::canonical).toList());
    }

    @Test
    void namesEveryExtensionOfThePackageAndNoOther() {
        assertThat(structures(true))
                .extracting(StructureDefinition::getUrl)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(GuideExtension.values())
                        .map(GuideExtension::canonical)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByHapi(Profile profile) {
        assertThat(TestGuide.support().fetchStructureDefinition(profile.canonical()))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void showsAnExampleOf(Profile profile) {
        assertThat(TestGuide.examples()).anyMatch(example -> example.getMeta().hasProfile(profile.canonical()));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void isActiveVersionedAndUnderOurBase(MetadataResource definition) {
        assertThat(definition.getStatus()).isEqualTo(PublicationStatus.ACTIVE);
        assertThat(definition.getVersion()).isEqualTo(Guide.VERSION);
        assertThat(definition.getUrl())
                .isEqualTo("%s/%s/%s", Guide.CANONICAL, definition.fhirType(), definition.getIdPart());
    }

    /** Out of that order, HAPI leaves rules silently unenforced. */
    @ParameterizedTest
    @MethodSource("profiles")
    void keepsTheElementsOfTheBaseInOrder(StructureDefinition profile) {
        var base = (StructureDefinition) TestGuide.support().fetchStructureDefinition(profile.getBaseDefinition());
        var order = paths(base.getSnapshot().getElement());
        assertThat(paths(profile.getDifferential().getElement()))
                .extracting(path -> position(path, order))
                .isSorted();
    }

    /** Where the base has the element or, for a part of a data type, the element that holds it. */
    private static int position(String path, List<String> order) {
        return order.contains(path) ? order.indexOf(path) : position(path.substring(0, path.lastIndexOf('.')), order);
    }

    @ParameterizedTest
    @MethodSource("searchParameters")
    void searchesByAnExpressionThatCanBeRead(SearchParameter parameter) {
        assertThatCode(() -> R4.newFhirPath().parse(parameter.getExpression())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("searchParameters")
    void addsNoSearchParameterThatR4Has(SearchParameter parameter) {
        for (var base : parameter.getBase().stream().map(CodeType::getCode).collect(toSet())) {
            assertThat(R4.getResourceDefinition(base).getSearchParam(parameter.getCode()))
                    .isNull();
        }
    }

    private static List<String> paths(List<ElementDefinition> elements) {
        return elements.stream().map(ElementDefinition::getPath).toList();
    }
}
