package org.rapport.benchmarks.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the yardstick server; {@code http://127.0.0.1:8180/fhir} unless {@code server.port} says otherwise. */
@SpringBootApplication(exclude = {ElasticsearchRestClientAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConfigurationPropertiesScan
public class PlainApplication {

    /**
     * Starts the server.
     *
     * @param args Spring Boot properties, such as {@code --server.port=8180}
     */
    public static void main(String[] args) {
        SpringApplication.run(PlainApplication.class, args);
    }
}
