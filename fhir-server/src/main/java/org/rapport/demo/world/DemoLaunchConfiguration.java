package org.rapport.demo.world;

import org.rapport.demo.DemoSettings;
import org.rapport.launch.LaunchingClients;
import org.rapport.server.startup.StartStep;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets the demo's EHR open applications. */
@Configuration(proxyBeanMethods = false)
class DemoLaunchConfiguration {

    private static final int AFTER_THE_WORLD = 110;

    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
    StartStep permitDemoLaunches(LaunchingClients ehrs) {
        return new StartStep(AFTER_THE_WORLD, () -> ehrs.permit("demo-ehr"));
    }
}
