/** Holds what must leave the house after commit, with leases and retries. */
@NullMarked
package org.rapport.outbox;

import org.jspecify.annotations.NullMarked;
