/** Alert rules on readings: critical limits, where they come from, and what follows from a breach. */
@NullMarked
package org.rapport.alert;

import org.jspecify.annotations.NullMarked;
