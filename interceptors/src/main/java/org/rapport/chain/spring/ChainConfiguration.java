package org.rapport.chain.spring;

import javax.sql.DataSource;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.ChainSettings;
import org.rapport.chain.Chainer;
import org.rapport.chain.SecretSealing;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Chains the audit log for as long as the server runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChainSettings.class)
class ChainConfiguration {

    @Bean
    Chain auditChain(DataSource database) {
        return new Chain(new JdbcTemplate(database));
    }

    @Bean
    ChainKeys chainKeys(DataSource database, SecretSealing sealing, SecurityLog log) {
        return new ChainKeys(JdbcClient.create(database), sealing, log);
    }

    @Bean(initMethod = "prepare")
    Chainer chainer(Chain chain, ChainKeys keys, TransactionOperations transaction, ChainSettings settings) {
        return new Chainer(chain, keys, transaction, settings.rotateKeysEvery());
    }
}
