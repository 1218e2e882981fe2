/** Looks through the audit log for what is suspicious, and tells those who watch over privacy. */
@NullMarked
package org.rapport.anomaly;

import org.jspecify.annotations.NullMarked;
