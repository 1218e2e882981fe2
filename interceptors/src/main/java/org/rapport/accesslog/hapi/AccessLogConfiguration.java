package org.rapport.accesslog.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import org.rapport.access.PublicOrigin;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.access.hapi.StoredResources;
import org.rapport.audit.AuditSearch;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the operation to the FHIR server. */
@Configuration(proxyBeanMethods = false)
class AccessLogConfiguration {

    @Bean
    AccessLogProvider accessLogProvider(
            AuditSearch log, DaoRegistry daos, OperationAccess access, PublicOrigin origin) {
        return new AccessLogProvider(log, StoredResources.in(daos), access, origin);
    }
}
