package org.rapport.demo.world;

import ca.uhn.fhir.jpa.api.dao.IFhirSystemDao;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Meta;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Accounts;
import org.rapport.clientkey.AllowedKeyHosts;
import org.rapport.demo.DemoSettings;
import org.rapport.device.DeviceCredentials;
import org.rapport.factor.TotpFactors;
import org.rapport.outbound.AllowedHosts;
import org.rapport.server.DataDirectory;
import org.rapport.server.StartFailure;
import org.rapport.server.broker.MqttSettings;
import org.rapport.server.startup.StartStep;
import org.rapport.smart.Clients;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** With the demo on, its world is made; with the demo off, none of it may be there. */
@Configuration(proxyBeanMethods = false)
class DemoConfiguration {

    private static final int FIRST = Integer.MIN_VALUE;
    private static final int AFTER_DEFINITIONS = 100;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

    @Bean
    DemoMark demoMark(DataSource database) {
        return new DemoMark(database);
    }

    @Bean
    CredentialsFile demoCredentialsFile(DataDirectory data) {
        return new CredentialsFile(data.resolve(CredentialsFile.NAME));
    }

    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
    DemoWorld demoWorld(
            IFhirSystemDao<Bundle, Meta> store,
            DemoMark mark,
            Accounts accounts,
            Clients clients,
            DeviceCredentials devices,
            TotpFactors apps,
            Clock clock) {
        return new DemoWorld(
                bundle -> store.transaction(new SystemRequestDetails(), bundle),
                mark,
                new DemoAccess(accounts, clients, devices, apps),
                clock);
    }

    /** Whoever tries the demo receives notifications on the same machine. */
    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
    AllowedHosts demoDeliveryHosts() {
        return new AllowedHosts(LOOPBACK);
    }

    /** And runs services beside it that publish their keys there. */
    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
    AllowedKeyHosts demoKeyHosts() {
        return new AllowedKeyHosts(new AllowedHosts(LOOPBACK));
    }

    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "true")
    StartStep makeDemoWorld(DemoWorld world, CredentialsFile file, PublicOrigin origin, MqttSettings mqtt) {
        var addresses = new DemoCredentials.Addresses(
                origin.fhirBase(), origin.baseUrl(), mqtt.outsideUrl().orElse("tcp://127.0.0.1:" + mqtt.port()));
        return new StartStep(AFTER_DEFINITIONS, () -> world.make(file, addresses, new DemoLogins(new SecureRandom())));
    }

    @Bean
    @ConditionalOnProperty(name = DemoSettings.ENABLED, havingValue = "false", matchIfMissing = true)
    StartStep refuseDemoData(DemoMark mark, CredentialsFile file) {
        return new StartStep(FIRST, () -> {
            if (mark.progress().isPresent() || file.exists()) {
                throw new StartFailure("Here is demo data, which has no place in production: start with the demo,"
                        + " or with an empty database and an empty data directory.");
            }
        });
    }
}
