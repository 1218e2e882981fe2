/** Offers freed times to those who wait. */
@NullMarked
package org.rapport.waitlist;

import org.jspecify.annotations.NullMarked;
