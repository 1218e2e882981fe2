/** Turns vendor payloads into Observations. */
@NullMarked
package org.rapport.mapping;

import org.jspecify.annotations.NullMarked;
