/** Devices: their credentials, their inbox, their readings on the way in. */
@NullMarked
package org.rapport.device;

import org.jspecify.annotations.NullMarked;
