package org.rapport.server.startup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.rapport.server.StartFailure;
import org.rapport.server.TcpPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.env.Environment;

/** Looks whether the ports are free before anything slow starts. */
final class FreePorts implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final int HIGHEST = 65_535;

    /**
     * @throws StartFailure naming the first port that is taken and its property
     */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        String address = environment.getProperty("rapport.bind-address", "127.0.0.1");
        ports(environment).forEach((property, port) -> {
            if (port > 0 && port <= HIGHEST) {
                new TcpPort(address, port, property).requireFree();
            }
        });
    }

    private static Map<String, Integer> ports(Environment environment) {
        var ports = new LinkedHashMap<String, Integer>();
        put(ports, environment, "rapport.http.port", 8080);
        put(ports, environment, "rapport.management.port", 8081);
        if (environment.getProperty("rapport.mqtt.url", "").isBlank()) {
            put(ports, environment, "rapport.mqtt.port", 1883);
        }
        return ports;
    }

    private static void put(Map<String, Integer> ports, Environment environment, String property, int otherwise) {
        try {
            ports.put(property, environment.getProperty(property, Integer.class, otherwise));
        } catch (ConversionException notANumber) {
            throw new StartFailure(
                    "The property " + property + " has the value \"" + environment.getProperty(property)
                            + "\"; expected a port, 1 to 65535.",
                    notANumber);
        }
    }
}
