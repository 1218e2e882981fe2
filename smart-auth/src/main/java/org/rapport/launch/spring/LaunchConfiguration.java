package org.rapport.launch.spring;

import javax.sql.DataSource;
import org.rapport.access.PatientDirectory;
import org.rapport.account.Accounts;
import org.rapport.launch.EhrLaunch;
import org.rapport.launch.Launches;
import org.rapport.launch.PatientResources;
import org.rapport.launch.Reachable;
import org.rapport.smart.Clients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires launches and who may make them. */
@Configuration(proxyBeanMethods = false)
class LaunchConfiguration {

    @Bean
    Launches launches(DataSource database) {
        return new Launches(JdbcClient.create(database));
    }

    @Bean
    Reachable reachablePatients(Accounts accounts, PatientDirectory patients) {
        return new Reachable(accounts, patients);
    }

    @Bean
    EhrLaunch ehrLaunch(Launches launches, Clients clients, Accounts accounts, EhrLaunch.Records records) {
        return new EhrLaunch(launches, clients, accounts, records);
    }

    @Bean
    EhrLaunch.Records launchRecords(Reachable patients, PatientResources resources) {
        return new EhrLaunch.Records(patients, resources);
    }
}
