package org.rapport.admin.spring;

import org.rapport.account.AccountNotices;
import org.rapport.account.spring.Pages;
import org.rapport.admin.AccessAdministration;
import org.rapport.admin.DeviceAdministration;
import org.rapport.admin.OutsideAdministration;
import org.rapport.administration.DeviceLogins;
import org.rapport.audit.SecurityLog;
import org.rapport.factor.Factors;
import org.rapport.factor.spring.StepUp;
import org.rapport.federation.FederationSettings;
import org.rapport.federation.OutsideIdentities;
import org.rapport.session.AppAccess;
import org.rapport.session.Grants;
import org.rapport.session.Sessions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what administrators use. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    AdminVisit.Desk adminDesk(Pages pages, StepUp stepUp) {
        return new AdminVisit.Desk(pages, stepUp);
    }

    @Bean
    DeviceAdministration deviceAdministration(
            DeviceLogins devices, SecurityLog log, PlatformTransactionManager transactions) {
        return new DeviceAdministration(devices, log, new TransactionTemplate(transactions));
    }

    @Bean
    OutsideAdministration outsideAdministration(FederationSettings settings, OutsideIdentities identities) {
        return new OutsideAdministration(settings, identities);
    }

    @Bean
    AccessAdministration.Held heldByPeople(Sessions sessions, Grants grants, AppAccess apps, Factors factors) {
        return new AccessAdministration.Held(sessions, grants, apps, factors);
    }

    @Bean
    AccessAdministration accessAdministration(
            AccessAdministration.Held held,
            AccountNotices notices,
            SecurityLog log,
            PlatformTransactionManager transactions) {
        return new AccessAdministration(held, notices, log, new TransactionTemplate(transactions));
    }
}
