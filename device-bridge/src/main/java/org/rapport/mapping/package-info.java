/** Turns what devices send into Observations: a catalogue of readings, units, times, and refusals that tell why. */
@NullMarked
package org.rapport.mapping;

import org.jspecify.annotations.NullMarked;
