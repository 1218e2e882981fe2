package org.rapport.siem.hapi;

import ca.uhn.fhir.context.FhirContext;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditSearch;
import org.rapport.balp.AuditEvents;
import org.rapport.siem.EventText;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the export to the FHIR server. */
@Configuration(proxyBeanMethods = false)
class SiemConfiguration {

    @Bean
    EventText eventText(FhirContext fhir, AuditEvents events) {
        return row -> fhir.newJsonParser().encodeResourceToString(events.of(row));
    }

    @Bean
    NdjsonProvider ndjsonProvider(AuditSearch search, AuditLog log, EventText events) {
        return new NdjsonProvider(search, log, events);
    }
}
