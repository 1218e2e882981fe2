package org.rapport.testing;

import java.util.List;
import java.util.stream.Stream;

/** Databases with the tables of the audit. */
public final class AuditTables {

    private static final List<String> MIGRATIONS = List.of(
            "V2026.11.21.10__change_log.sql",
            "V2026.11.21.11__outbox.sql",
            "V2026.11.22.12__audit_log.sql",
            "V2026.11.29.16__security_audit.sql",
            "V2026.11.29.19__audit_months.sql",
            "V2026.11.29.20__audit_chain.sql",
            "V2026.11.29.21__audit_export.sql",
            "V2026.11.29.24__anomaly_finding.sql",
            "V2026.11.30.30__audit_journal.sql");

    private AuditTables() {}

    /** An empty one. */
    public static TestDatabase make() {
        return with();
    }

    /** An empty one that has the tables of other migrations, too. */
    public static TestDatabase with(String... others) {
        return TestDatabase.with(
                Stream.concat(MIGRATIONS.stream(), Stream.of(others)).toArray(String[]::new));
    }
}
