package org.rapport.server.text;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.server.DataDirectory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "rapport.search.full-text", matchIfMissing = true)
class TextSearchConfiguration {

    @Bean
    TextIndexer textIndexer(DaoRegistry store, EntityManager entities, PlatformTransactionManager transactions) {
        return new TextIndexer(store, entities, new TransactionTemplate(transactions));
    }

    @Bean
    TextIndexCatchUp textIndexCatchUp(DataDirectory data, TextIndexer indexer, DataSource dataSource, Clock clock) {
        return new TextIndexCatchUp(
                new IndexMark(data.resolve("lucene").resolve("indexed-until")),
                indexer,
                JdbcClient.create(dataSource),
                clock);
    }

    @Bean
    TextIndexKeeper textIndexKeeper(TextIndexCatchUp catchUp, LostIndexWork lost, Clock clock) {
        return new TextIndexKeeper(catchUp, lost, clock);
    }
}
