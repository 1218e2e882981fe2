package org.rapport.benchmarks.plain;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the yardstick keeps its data.
 *
 * @param url JDBC URL of a PostgreSQL outside; empty starts an embedded one
 * @param user role to connect as; only with a URL
 * @param password of that role; only with a URL
 * @param directory of the embedded PostgreSQL's data; kept between starts
 */
@ConfigurationProperties("plain.database")
record PlainDatabase(
        @DefaultValue("") String url,
        @DefaultValue("postgres") String user,
        @DefaultValue("") String password,
        @DefaultValue("target/plain-data") Path directory) {}
