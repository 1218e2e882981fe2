package org.rapport.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.rapport");

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(
                        ArchitectureRules.roomsUseOnlyWhatTheyMay(Room::of),
                        ArchitectureRules.FRAMEWORKS_STAY_AT_THE_RIM,
                        ArchitectureRules.PACKAGES_ARE_FREE_OF_CYCLES,
                        ArchitectureRules.RULES_DO_NOT_KNOW_THEIR_ADAPTERS,
                        ArchitectureRules.TIME_COMES_FROM_THE_CLOCK,
                        ArchitectureRules.FIELDS_ARE_NOT_INJECTED,
                        ArchitectureRules.NOTHING_THROWS_JUST_EXCEPTION,
                        ArchitectureRules.SETTINGS_ARE_TYPED,
                        ArchitectureRules.NAMES_ARE_WORDS_OF_THE_FIELD)
                .map(rule -> Named.of(rule.getDescription(), rule));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCT);
    }

    @Test
    void seesEveryModule() {
        var seen = PRODUCT.stream().map(Room::of).flatMap(Optional::stream).collect(Collectors.toSet());
        assertThat(seen).isEqualTo(EnumSet.allOf(Room.class));
    }

    @Test
    void knowsTheModuleOfEveryClass() {
        assertThat(PRODUCT)
                .filteredOn(type -> Room.of(type).isEmpty())
                .extracting(JavaClass::getName)
                .isEmpty();
    }
}
