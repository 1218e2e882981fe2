package org.rapport.audit;

import java.time.Instant;

/**
 * A row of the audit log.
 *
 * @param number its place
 * @param recorded when it was written, by the database's clock
 * @param entry what it says
 */
public record AuditRow(long number, Instant recorded, AuditEntry entry) {}
