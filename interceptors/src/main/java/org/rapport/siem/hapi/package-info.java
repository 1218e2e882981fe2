/** Writes AuditEvents in HAPI's JSON, and hands them out as NDJSON. */
@NullMarked
package org.rapport.siem.hapi;

import org.jspecify.annotations.NullMarked;
