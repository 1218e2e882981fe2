package org.rapport.audit.hapi;

import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.PermittingConsents;
import org.rapport.audit.AuditLog;
import org.rapport.audit.AuditSearch;
import org.rapport.audit.SecurityLog;
import org.rapport.balp.AuditEvents;
import org.rapport.document.hapi.StoredDocuments;
import org.rapport.journal.EmergencyJournal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Puts the audit into HAPI's hooks and the audit log in the place of stored AuditEvents. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

    /** How long an emergency waits for the audit log. */
    private static final int PATIENCE_SECONDS = 3;

    @Bean
    AuditLog auditLog(DataSource database) {
        return new AuditLog(new JdbcTemplate(database));
    }

    @Bean
    SecurityLog securityLog(AuditLog log) {
        return new SecurityLog(log);
    }

    @Bean
    AnswerLog answerLog(DataSource database, AuditLog log, EmergencyJournal journal) {
        var impatient = new JdbcTemplate(database);
        impatient.setQueryTimeout(PATIENCE_SECONDS);
        return new AnswerLog(log, new AuditLog(impatient), journal);
    }

    @Bean
    ReadInterceptor readInterceptor(
            AnswerLog log, RecordOwners owners, StoredDocuments documents, PermittingConsents consents) {
        return new ReadInterceptor(log, new TouchedPatients(owners, documents), consents);
    }

    @Bean
    SearchInBody searchInBody() {
        return new SearchInBody();
    }

    @Bean
    AuditGate auditGate() {
        return new AuditGate();
    }

    @Bean
    AuditSearch auditSearch(DataSource database) {
        return new AuditSearch(JdbcClient.create(database));
    }

    @Bean
    AuditEvents auditEvents(PublicOrigin origin) {
        return new AuditEvents(origin.fhirBase());
    }

    @Bean
    AuditEventProvider auditEventProvider(AuditSearch log, AuditEvents events) {
        return new AuditEventProvider(log, events);
    }
}
