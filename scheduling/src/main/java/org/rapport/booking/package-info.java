/** Finds, holds and books appointments; nobody's time is given away twice. */
@NullMarked
package org.rapport.booking;

import org.jspecify.annotations.NullMarked;
