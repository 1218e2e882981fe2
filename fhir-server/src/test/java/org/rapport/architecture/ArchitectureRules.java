package org.rapport.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules about classes that every module keeps. */
final class ArchitectureRules {

    private static final String OURS = "org.rapport..";

    private static final DescribedPredicate<JavaClass> FRAMEWORK = resideInAnyPackage(
                    "ca.uhn.fhir.rest.server..",
                    "ca.uhn.fhir.jpa..",
                    "ca.uhn.fhir.batch2..",
                    "org.apache.activemq.artemis..",
                    "org.eclipse.paho..",
                    "org.springframework.beans..",
                    "org.springframework.boot..",
                    "org.springframework.context..",
                    "org.springframework.mail..",
                    "org.springframework.security..",
                    "org.springframework.web..")
            .and(DescribedPredicate.not(resideInAnyPackage(
                    "org.springframework.boot.context.properties..", "org.springframework.security.crypto..")));

    private static final Set<String> WIRED = Set.of(
            "org.springframework.beans.factory.annotation.Autowired",
            "org.springframework.beans.factory.annotation.Value",
            "jakarta.annotation.Resource",
            "jakarta.inject.Inject");

    static final ArchRule FRAMEWORKS_STAY_AT_THE_RIM = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.rapport",
                    "org.rapport.demo..",
                    "org.rapport..hapi..",
                    "org.rapport..mqtt..",
                    "org.rapport..server..",
                    "org.rapport..spring..")
            .should()
            .dependOnClassesThat(FRAMEWORK)
            .as(
                    "only ..hapi.., ..mqtt.., ..server.., ..spring.. and the demo know HAPI's server, MQTT, mail and Spring");

    static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
            slices().matching("org.rapport.(**)").should().beFreeOfCycles();

    static final ArchRule RULES_DO_NOT_KNOW_THEIR_ADAPTERS = ArchRuleDefinition.classes()
            .that()
            .resideInAnyPackage(OURS)
            .and()
            .resideOutsideOfPackage("org.rapport")
            .should(Conditions.notKnowSubPackages());

    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .should()
            .callMethodWhere(describe("the machine's time is taken", ArchitectureRules::takesMachineTime))
            .orShould()
            .callConstructor(java.util.Date.class)
            .as("time comes from a java.time.Clock");

    static final ArchRule FIELDS_ARE_NOT_INJECTED = fields().should(Conditions.never(
                    "be injected",
                    field -> field.getAnnotations().stream()
                            .anyMatch(annotation ->
                                    WIRED.contains(annotation.getRawType().getName()))))
            .as("dependencies come through the constructor");

    static final ArchRule NOTHING_THROWS_JUST_EXCEPTION = ArchRuleDefinition.codeUnits()
            .should(Conditions.never("declare Exception or Throwable", ArchitectureRules::throwsAnything))
            .as("a signature names the exceptions it means");

    static final ArchRule SETTINGS_ARE_TYPED = noClasses()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .as("settings come from @ConfigurationProperties records");

    static final ArchRule NAMES_ARE_WORDS_OF_THE_FIELD = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .as("a class is named for what it is");

    private ArchitectureRules() {}

    /** The arrows between the modules, where {@code rooms} tells which module a class belongs to. */
    static ArchRule roomsUseOnlyWhatTheyMay(Function<JavaClass, Optional<Room>> rooms) {
        return ArchRuleDefinition.classes()
                .should(Conditions.useAllowedRooms(rooms))
                .as("modules use only what they may");
    }

    private static boolean takesMachineTime(JavaMethodCall call) {
        var owner = call.getTargetOwner();
        return switch (call.getName()) {
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "withCurrentTime" -> owner.getPackageName().startsWith("org.hl7.fhir");
            case "now" ->
                owner.getPackageName().startsWith("org.hl7.fhir")
                        || (owner.getPackageName().equals("java.time") && lacksClock(call));
            default -> false;
        };
    }

    private static boolean lacksClock(JavaMethodCall call) {
        return call.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.isEquivalentTo(java.time.Clock.class));
    }

    private static boolean throwsAnything(JavaCodeUnit unit) {
        return unit.getThrowsClause().stream()
                .anyMatch(declared -> declared.getRawType().isEquivalentTo(Exception.class)
                        || declared.getRawType().isEquivalentTo(Throwable.class));
    }
}
