/** Bounds what one request may cost, before anything is built from it. */
@NullMarked
package org.rapport.limit;

import org.jspecify.annotations.NullMarked;
