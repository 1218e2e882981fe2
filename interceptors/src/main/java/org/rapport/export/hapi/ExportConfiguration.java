package org.rapport.export.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.rapport.access.PublicOrigin;
import org.rapport.access.RecordOwners;
import org.rapport.access.hapi.ExportAccess;
import org.rapport.access.hapi.OperationAccess;
import org.rapport.audit.AuditLog;
import org.rapport.export.ExportJobs;
import org.rapport.export.ExportOutput;
import org.rapport.export.ExportSettings;
import org.rapport.export.ExportedRecords;
import org.rapport.export.Exporting;
import org.rapport.relation.hapi.InForce;
import org.rapport.relation.hapi.StoredSearch;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.unit.DataSize;

/** Takes and makes exports for as long as the server runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExportSettings.class)
class ExportConfiguration {

    private static final DataSize FILE = DataSize.ofMegabytes(100);

    @Bean
    ExportJobs exportJobs(DataSource database, ExportSettings settings) {
        return new ExportJobs(JdbcClient.create(database), settings);
    }

    @Bean
    ExportedRecords exportedRecords(
            ExportJobs jobs, DaoRegistry daos, RecordOwners owners, ExportAccess.Source rights, Clock clock) {
        var bounds = new RecordReader.Bounds(new InForce(clock), jobs.settings().patients());
        return new RecordReader(new StoredIds(jobs.database()), new StoredSearch.In(daos), owners, rights, bounds);
    }

    @Bean
    Exporting exporting(ExportJobs jobs, ExportedRecords records, AuditLog log, TransactionOperations transaction) {
        return new Exporting(jobs, records, log, transaction);
    }

    @Bean
    ExportDesk.Rights exportRights(OperationAccess requests, ExportAccess.Source exports) {
        return new ExportDesk.Rights(requests, exports);
    }

    @Bean
    ExportDesk exportDesk(
            ExportJobs jobs,
            ExportDesk.Rights rights,
            DaoRegistry daos,
            AuditLog log,
            TransactionOperations transaction) {
        return new ExportDesk(jobs, rights, new StoredSearch.In(daos), log, transaction);
    }

    @Bean
    ExportProvider exportProvider(ExportDesk desk, PublicOrigin origin) {
        return new ExportProvider(desk, origin);
    }

    @Bean
    ExportOutputProvider exportOutputProvider(
            ExportJobs jobs,
            ExportDesk.Rights rights,
            AuditLog log,
            TransactionOperations transaction,
            PublicOrigin origin) {
        var output = new ExportOutput(jobs.database(), FILE);
        return new ExportOutputProvider(output, rights, log, transaction, origin);
    }
}
