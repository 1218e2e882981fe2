/** Finds, holds and books appointments. */
@NullMarked
package org.rapport.booking;

import org.jspecify.annotations.NullMarked;
