/** The clock that a test moves; it joins a server only when the harness puts these classes on its class path. */
@NullMarked
package org.rapport.harness.clock;

import org.jspecify.annotations.NullMarked;
