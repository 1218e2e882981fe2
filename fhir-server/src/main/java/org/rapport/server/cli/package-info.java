/** The commands {@code ./run token} and {@code ./run publish}: a demo client and a demo device at the command line. */
@NullMarked
package org.rapport.server.cli;

import org.jspecify.annotations.NullMarked;
