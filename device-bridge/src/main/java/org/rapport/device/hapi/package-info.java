/** Stores readings as Observations, and notices when devices change hands. */
@NullMarked
package org.rapport.device.hapi;

import org.jspecify.annotations.NullMarked;
