package org.rapport.audit;

import java.time.Instant;

/**
 * A row that was kept in a journal while the audit log took none.
 *
 * @param recorded when it was written there
 * @param journal which one, and its line, such as {@code 7c9e6679-7425-40de-944b-e07fc1f90ae7/12}
 * @param entry what it says
 */
public record LateEntry(Instant recorded, String journal, AuditEntry entry) {}
