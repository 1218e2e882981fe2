/** Starts the process: progress while it starts, one line when it is ready, one sentence when it cannot. */
@NullMarked
package org.rapport.server.startup;

import org.jspecify.annotations.NullMarked;
