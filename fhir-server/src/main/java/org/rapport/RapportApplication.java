package org.rapport;

import org.rapport.server.startup.StartUp;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/** Starts Rapport: one process with the FHIR server, the authorization server, the broker and the database. */
@SpringBootConfiguration
@ComponentScan
@SpringBootParts
@ConfigurationPropertiesScan
public class RapportApplication {

    /**
     * Starts the server and leaves it running; ends the process with status 1 and one sentence when it cannot start.
     *
     * @param arguments properties in the form {@code --rapport.http.port=8090}
     */
    public static void main(String[] arguments) {
        StartUp.run(RapportApplication.class, arguments);
    }
}
