package org.rapport.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What our rules ask and ArchUnit has no words for. */
final class Conditions {

    private Conditions() {}

    /** No element is such that the predicate holds. */
    static <T extends HasName> ArchCondition<T> never(String description, Predicate<? super T> forbidden) {
        return new ArchCondition<>("never " + description) {
            @Override
            public void check(T item, ConditionEvents events) {
                if (forbidden.test(item)) {
                    events.add(SimpleConditionEvent.violated(item, item + " does " + description));
                }
            }
        };
    }

    /** A package does not depend on the packages below it. */
    static ArchCondition<JavaClass> notKnowSubPackages() {
        return forbid("not know the packages below its own", Conditions::pointsDown);
    }

    /** A class depends on classes of the modules that its own module may use. */
    static ArchCondition<JavaClass> useAllowedRooms(Function<JavaClass, Optional<Room>> rooms) {
        return forbid("use only the modules that its own may use", dependency -> {
            var origin = rooms.apply(dependency.getOriginClass());
            var target = rooms.apply(dependency.getTargetClass());
            return origin.isPresent() && target.isPresent() && !origin.get().mayUse(target.get());
        });
    }

    private static boolean pointsDown(Dependency dependency) {
        var below = dependency.getOriginClass().getPackageName() + ".";
        return dependency.getTargetClass().getPackageName().startsWith(below);
    }

    private static ArchCondition<JavaClass> forbid(String description, Predicate<Dependency> forbidden) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(forbidden)
                        .map(dependency -> SimpleConditionEvent.violated(dependency, dependency.getDescription()))
                        .forEach(events::add);
            }
        };
    }
}
