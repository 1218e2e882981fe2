package org.rapport.labelling.hapi;

import org.rapport.labelling.LabelLists;
import org.rapport.labelling.LabelSettings;
import org.rapport.labelling.Labelling;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the labelling into HAPI's hooks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LabelSettings.class)
class LabelConfiguration {

    @Bean
    Labelling labelling(LabelSettings settings) {
        return new Labelling(settings.lists().isEmpty() ? LabelLists.shipped() : LabelLists.read(settings.lists()));
    }

    @Bean
    LabelInterceptor labelInterceptor(Labelling labelling) {
        return new LabelInterceptor(labelling);
    }
}
