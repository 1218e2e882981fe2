package org.rapport;

import org.rapport.server.startup.StartUp;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.data.elasticsearch.ElasticsearchRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Rapport: one process with the FHIR server, the authorization server, the broker and the database. */
@SpringBootApplication(
        exclude = {
            DataSourceAutoConfiguration.class,
            ElasticsearchRepositoriesAutoConfiguration.class,
            ElasticsearchRestClientAutoConfiguration.class,
            FlywayAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            JpaRepositoriesAutoConfiguration.class,
            QuartzAutoConfiguration.class
        })
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
