/** Audits at HAPI's hooks and shows the audit log as AuditEvents. */
@NullMarked
package org.rapport.audit.hapi;

import org.jspecify.annotations.NullMarked;
