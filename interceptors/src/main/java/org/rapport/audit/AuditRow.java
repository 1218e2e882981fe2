package org.rapport.audit;

import java.time.Instant;

/**
 * A row of the audit log.
 *
 * @param number its place
 * @param recorded when it was written, by the database's clock or, for what a journal held, by the server's
 * @param entry what it says
 */
public record AuditRow(long number, Instant recorded, AuditEntry entry) {}
