package org.rapport.benchmarks.plain;

import ca.uhn.fhir.jpa.api.config.JpaStorageSettings;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.config.SubscriptionSettings;
import ca.uhn.fhir.jpa.model.entity.StorageSettings.IndexEnabledEnum;
import ca.uhn.fhir.jpa.subscription.match.deliver.email.IEmailSender;
import java.time.Duration;
import org.hl7.fhir.dstu2.model.Subscription.SubscriptionChannelType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The storage settings that the public starter chooses when nothing is configured; what it leaves, HAPI chooses. */
@Configuration(proxyBeanMethods = false)
class PlainStorageConfiguration {

    /** The starter's one page size for lists of codes. */
    private static final int EXPANSION = 1000;

    @Bean
    JpaStorageSettings jpaStorageSettings() {
        var settings = new JpaStorageSettings();
        settings.setIndexMissingFields(IndexEnabledEnum.DISABLED);
        settings.setAllowContainsSearches(true);
        settings.setAllowExternalReferences(false);
        settings.setAllowMultipleDelete(false);
        settings.setExpungeEnabled(true);
        settings.setFilterParameterEnabled(true);
        settings.setDefaultSearchParamsCanBeOverridden(true);
        settings.setReuseCachedSearchResultsForMillis(Duration.ofMinutes(1).toMillis());
        settings.setExpireSearchResultsAfterMillis(Duration.ofHours(1).toMillis());
        settings.setFetchSizeDefaultMaximum(Integer.MAX_VALUE);
        settings.setBundleBatchPoolSize(100);
        settings.setDeferIndexingForCodesystemsOfSize(100);
        settings.setPreExpandValueSets(true);
        settings.setPreExpandValueSetsDefaultCount(EXPANSION);
        settings.setPreExpandValueSetsMaxCount(EXPANSION);
        settings.setMaximumExpansionSize(EXPANSION);
        return settings;
    }

    @Bean
    PartitionSettings partitionSettings() {
        return new PartitionSettings();
    }

    /** As with the starter no channel is on, unless {@code plain.rest-hook} asks for the one that we deliver by. */
    @Bean
    SubscriptionSettings subscriptionSettings(Environment environment) {
        var settings = new SubscriptionSettings();
        if (environment.getProperty("plain.rest-hook", Boolean.class, false)) {
            settings.addSupportedSubscriptionType(SubscriptionChannelType.RESTHOOK);
        }
        return settings;
    }

    @Bean
    IEmailSender emailSender() {
        return details -> {};
    }
}
