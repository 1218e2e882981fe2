package org.rapport.journal.spring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.audit.AuditLog;
import org.rapport.audit.SecurityLog;
import org.rapport.journal.EmergencyJournal;
import org.rapport.journal.ImportedJournals;
import org.rapport.journal.JournalImport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Keeps the journal in the data directory, which belongs to this process, and has it added to the log. */
@Configuration(proxyBeanMethods = false)
class JournalConfiguration {

    @Bean
    EmergencyJournal emergencyJournal(Environment environment, Clock clock) {
        var folder = Path.of(environment.getProperty("rapport.data-dir", "data"), "journal");
        return new EmergencyJournal(folder, clock);
    }

    @Bean
    JournalImport journalImport(
            EmergencyJournal journal,
            DataSource database,
            AuditLog log,
            SecurityLog acts,
            TransactionOperations transaction) {
        return new JournalImport(journal, new ImportedJournals(JdbcClient.create(database), log, acts), transaction);
    }

    @Bean
    Gauge emergencyJournalSize(EmergencyJournal journal, ObjectProvider<MeterRegistry> meters) {
        return Gauge.builder("rapport.audit.journal", journal, EmergencyJournal::bytes)
                .description("What waits to be added to the audit log")
                .baseUnit("bytes")
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
    }
}
