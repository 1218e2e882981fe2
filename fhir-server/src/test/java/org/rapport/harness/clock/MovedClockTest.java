package org.rapport.harness.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class MovedClockTest {

    @TempDir
    Path folder;

    @Test
    void movesTheClocksOfTheSameFile() {
        var mine = MovedClock.of(folder.resolve("offset"));
        var theirs = MovedClock.of(folder.resolve("offset"));
        mine.move(Duration.ofDays(3));
        assertThat(theirs.instant())
                .isCloseTo(Clock.systemUTC().instant().plus(3, ChronoUnit.DAYS), within(5, ChronoUnit.SECONDS));
    }

    @Test
    void isTheOneThatAServerUses() {
        new ApplicationContextRunner()
                .withBean("machineClock", Clock.class, Clock::systemUTC)
                .withUserConfiguration(MovedClockConfiguration.class)
                .withPropertyValues(MovedClockConfiguration.FILE + "=" + folder.resolve("offset"))
                .run(context -> assertThat(context.getBean(Clock.class)).isInstanceOf(MovedClock.class));
    }

    @Test
    void staysAwayFromAServerThatIsNotUnderTest() {
        new ApplicationContextRunner()
                .withUserConfiguration(MovedClockConfiguration.class)
                .run(context -> assertThat(context).doesNotHaveBean(Clock.class));
    }
}
