package org.rapport.verification.spring;

import javax.sql.DataSource;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.checkpoint.CheckpointFile;
import org.rapport.checkpoint.CheckpointSigning;
import org.rapport.verification.ChainVerifier;
import org.rapport.verification.LogCoverage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Verifies with what this instance has. */
@Configuration(proxyBeanMethods = false)
class VerificationConfiguration {

    @Bean
    ChainVerifier chainVerifier(
            Chain chain, ChainKeys keys, CheckpointFile file, CheckpointSigning signing, DataSource database) {
        return new ChainVerifier(chain, keys, file, signing, new LogCoverage(JdbcClient.create(database)));
    }
}
