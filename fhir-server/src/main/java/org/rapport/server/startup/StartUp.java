package org.rapport.server.startup;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Runs the application from its arguments to the ready line, or to the sentence that says why not. */
public final class StartUp {

    private StartUp() {}

    /** Starts the application; on failure prints one sentence to standard error and exits with status 1. */
    public static void run(Class<?> application, String[] arguments) {
        StopWhileStarting.watch();
        try {
            new SpringApplicationBuilder(application)
                    .bannerMode(Banner.Mode.OFF)
                    .initializers(new FreePorts(), context -> BaseDefinitions.readAhead())
                    .run(arguments);
        } catch (RuntimeException e) {
            System.exit(1);
        }
    }
}
