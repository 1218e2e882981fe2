package org.rapport.server.jpa;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.config.HapiJpaConfig;
import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.util.HapiEntityManagerFactoryUtil;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.rapport.server.DataDirectory;
import org.rapport.server.text.LostIndexWork;
import org.rapport.server.text.SearchSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * HAPI's JPA R4 store on our DataSource.
 *
 * <p>HAPI's subscription submitter is left out on purpose: deliveries come from our own outbox.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    JpaR4Config.class,
    HapiJpaConfig.class,
    JpaBatch2Config.class,
    Batch2JobsConfig.class,
    ThreadPoolFactoryConfig.class,
    WorkChannelConfiguration.class
})
class StoreConfiguration {

    @Bean
    JpaStorageSettings storageSettings(SearchSettings search) {
        return LeanStorage.settings(search);
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    @Bean
    SubscriptionSettings subscriptionSettings() {
        return new SubscriptionSettings();
    }

    @Bean
    LocalContainerEntityManagerFactoryBean entityManagerFactory(
            DataSource dataSource,
            ConfigurableListableBeanFactory beans,
            FhirContext fhir,
            JpaStorageSettings storage,
            HibernateSettings hibernate) {
        var factory = HapiEntityManagerFactoryUtil.newEntityManagerFactory(beans, fhir, storage);
        factory.setPersistenceUnitName("rapport");
        factory.setDataSource(dataSource);
        factory.setJpaProperties(hibernate.properties());
        return factory;
    }

    @Bean
    VersionedReferences versionedReferences(FhirContext fhir) {
        return new VersionedReferences(fhir);
    }

    @Bean
    LostIndexWork lostIndexWork() {
        return new LostIndexWork();
    }

    @Bean
    HibernateSettings hibernateSettings(SearchSettings search, DataDirectory data, LostIndexWork lost) {
        return new HibernateSettings(search, data.resolve("lucene"), lost);
    }

    @Primary
    @Bean
    JpaTransactionManager transactionManager(EntityManagerFactory entityManagerFactory) {
        return new JpaTransactionManager(entityManagerFactory);
    }
}
