package org.rapport.mail.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.rapport.access.hapi.StoredResources;
import org.rapport.mail.PreferredLanguage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what mails read from the record. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration {

    @Bean
    PreferredLanguage preferredLanguage(DaoRegistry daos) {
        return new StoredLanguage(StoredResources.in(daos));
    }
}
