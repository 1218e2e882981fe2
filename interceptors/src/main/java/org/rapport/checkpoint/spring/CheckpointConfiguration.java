package org.rapport.checkpoint.spring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import javax.sql.DataSource;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.ChainSettings;
import org.rapport.checkpoint.CheckpointFile;
import org.rapport.checkpoint.CheckpointSigning;
import org.rapport.checkpoint.Checkpointer;
import org.rapport.checkpoint.Reseals;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Makes checkpoints for as long as the server runs. */
@Configuration(proxyBeanMethods = false)
class CheckpointConfiguration {

    @Bean
    CheckpointFile checkpointFile(ChainSettings settings, Environment environment) {
        var usual = Path.of(environment.getProperty("rapport.data-dir", "data"), "audit");
        return new CheckpointFile(Objects.requireNonNullElse(settings.checkpointDir(), usual));
    }

    @Bean
    CheckpointSigning checkpointSigning(ChainKeys keys, Clock clock) {
        return new CheckpointSigning(keys, clock);
    }

    @Bean
    Reseals reseals(
            DataSource database,
            TransactionOperations transaction,
            Chain chain,
            CheckpointSigning signing,
            SecurityLog log) {
        return new Reseals(new Reseals.Place(JdbcClient.create(database), transaction), chain, signing, log);
    }

    @Bean
    Checkpointer checkpointer(
            Chain chain, CheckpointFile file, CheckpointSigning signing, Reseals reseals, Clock clock) {
        return new Checkpointer(chain, file, signing, reseals, clock);
    }
}
