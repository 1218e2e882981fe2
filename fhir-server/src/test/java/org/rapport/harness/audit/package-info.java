/** Holds the audit log, the answers and the server's own logs against what the clients of a test have sent. */
@NullMarked
package org.rapport.harness.audit;

import org.jspecify.annotations.NullMarked;
