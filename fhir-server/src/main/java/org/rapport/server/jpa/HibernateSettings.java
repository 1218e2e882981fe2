package org.rapport.server.jpa;

import ca.uhn.fhir.jpa.model.dialect.HapiFhirPostgresDialect;
import ca.uhn.fhir.jpa.search.HapiHSearchAnalysisConfigurers;
import java.nio.file.Path;
import java.util.Properties;
import org.hibernate.search.engine.environment.bean.BeanReference;
import org.rapport.server.text.IndexedWithoutDisk;
import org.rapport.server.text.LostIndexWork;
import org.rapport.server.text.SearchSettings;

/**
 * What Hibernate is told.
 *
 * @param search whether there is a Lucene index
 * @param index the folder of the Lucene index
 * @param lost is told when the index could not be written
 */
record HibernateSettings(SearchSettings search, Path index, LostIndexWork lost) {

    Properties properties() {
        var properties = new Properties();
        properties.put("hibernate.dialect", HapiFhirPostgresDialect.class.getName());
        properties.put("hibernate.hbm2ddl.auto", "none");
        properties.put("hibernate.jdbc.batch_size", "100");
        properties.put("hibernate.order_inserts", "true");
        properties.put("hibernate.order_updates", "true");
        properties.put("hibernate.jdbc.batch_versioned_data", "true");
        properties.put("hibernate.default_batch_fetch_size", "100");
        properties.put("hibernate.cache.use_query_cache", "false");
        properties.put("hibernate.cache.use_second_level_cache", "false");
        properties.put("hibernate.cache.use_structured_entries", "false");
        properties.put("hibernate.cache.use_minimal_puts", "false");
        properties.put("hibernate.generate_statistics", "false");
        properties.put("hibernate.search.backend.type", "lucene");
        properties.put("hibernate.search.enabled", Boolean.toString(search.fullText()));
        properties.put("hibernate.search.mapping.build_missing_discovered_jandex_indexes", "false");
        if (search.fullText()) {
            properties.put(
                    "hibernate.search.backend.analysis.configurer",
                    HapiHSearchAnalysisConfigurers.HapiLuceneAnalysisConfigurer.class.getName());
            properties.put("hibernate.search.backend.directory.type", "local-filesystem");
            properties.put("hibernate.search.backend.directory.root", index.toString());
            properties.put("hibernate.search.backend.lucene_version", "LUCENE_CURRENT");
            properties.put(
                    "hibernate.search.indexing.plan.synchronization.strategy",
                    BeanReference.ofInstance(new IndexedWithoutDisk()));
            properties.put("hibernate.search.background_failure_handler", BeanReference.ofInstance(lost));
        }
        return properties;
    }
}
