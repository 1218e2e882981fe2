package org.rapport.siem;

import org.rapport.audit.AuditRow;

/** Writes a row of the audit log as an AuditEvent in JSON, on one line. */
@FunctionalInterface
public interface EventText {

    /** The event. */
    String of(AuditRow row);
}
