package org.rapport.harness.clock;

import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Gives a server under test the clock of a file. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(MovedClockConfiguration.FILE)
public class MovedClockConfiguration {

    /** The property that names the file. */
    public static final String FILE = "harness.clock.file";

    @Bean
    @Primary
    Clock movedClock(@Value("${" + FILE + "}") Path file) {
        return MovedClock.of(file);
    }
}
