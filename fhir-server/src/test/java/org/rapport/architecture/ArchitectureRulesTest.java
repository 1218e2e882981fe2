package org.rapport.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.architecture.fixture.EnvironmentReader;
import org.rapport.architecture.fixture.FieldInjected;
import org.rapport.architecture.fixture.FrameworkInTheMiddle;
import org.rapport.architecture.fixture.OwnClock;
import org.rapport.architecture.fixture.SlotManager;
import org.rapport.architecture.fixture.ThrowsAnything;
import org.rapport.architecture.fixture.alert.UsesReminder;
import org.rapport.architecture.fixture.reminder.UsesAlert;

/** Each rule is given a class that breaks it: a rule that cannot fail checks nothing. */
class ArchitectureRulesTest {

    @Nested
    class Refuses {

        @Test
        void aFeatureThatUsesAnotherFeature() {
            var rule = ArchitectureRules.roomsUseOnlyWhatTheyMay(ArchitectureRulesTest::byPackage);
            refuses(rule, "UsesReminder", UsesReminder.class, UsesAlert.class);
        }

        @Test
        void aRuleThatKnowsSpring() {
            refuses(ArchitectureRules.FRAMEWORKS_STAY_AT_THE_RIM, "ApplicationContext", FrameworkInTheMiddle.class);
        }

        @Test
        void packagesThatKnowEachOther() {
            refuses(
                    ArchitectureRules.PACKAGES_ARE_FREE_OF_CYCLES,
                    "Cycle detected",
                    UsesReminder.class,
                    UsesAlert.class);
        }

        @Test
        void aPackageThatKnowsItsAdapter() {
            refuses(ArchitectureRules.RULES_DO_NOT_KNOW_THEIR_ADAPTERS, "UsesAlert", SlotManager.class);
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "Instant.now()",
            "LocalDate.now",
            "System.currentTimeMillis()",
            "Date.<init>()",
            "DateTimeType.now()"
        })
        void timeTakenFrom(String call) {
            refuses(ArchitectureRules.TIME_COMES_FROM_THE_CLOCK, call, OwnClock.class);
        }

        @Test
        void anInjectedField() {
            refuses(ArchitectureRules.FIELDS_ARE_NOT_INJECTED, "FieldInjected.context", FieldInjected.class);
        }

        @Test
        void aMethodThatThrowsException() {
            refuses(ArchitectureRules.NOTHING_THROWS_JUST_EXCEPTION, "ThrowsAnything.run()", ThrowsAnything.class);
        }

        @Test
        void aSettingTakenFromTheEnvironment() {
            refuses(ArchitectureRules.SETTINGS_ARE_TYPED, "System.getenv", EnvironmentReader.class);
        }

        @Test
        void aClassNamedAfterNothing() {
            refuses(ArchitectureRules.NAMES_ARE_WORDS_OF_THE_FIELD, "SlotManager", SlotManager.class);
        }

        private void refuses(ArchRule rule, String message, Class<?>... broken) {
            var classes = new ClassFileImporter().importClasses(broken);
            assertThatThrownBy(() -> rule.check(classes))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest(name = "{0} is a class of {1}")
    @CsvSource({
        "file:/src/rapport/smart-auth/target/classes/org/rapport/smart/A.class, SMART_AUTH",
        "jar:file:/m2/org/rapport/rapport-ig/1/rapport-ig-0.1.0-SNAPSHOT.jar!/org/rapport/ig/A.class, IG",
        "jar:file:/src/device-bridge/target/rapport-device-bridge-0.1.0.jar!/org/rapport/alert/A.class, DEVICE_BRIDGE",
    })
    void tellsTheModuleByTheLocation(String uri, Room expected) {
        assertThat(Room.ofLocation(uri)).contains(expected);
    }

    private static Optional<Room> byPackage(JavaClass type) {
        return type.getPackageName().endsWith(".alert")
                ? Optional.of(Room.DEVICE_BRIDGE)
                : Optional.of(Room.SUBSCRIPTIONS);
    }
}
