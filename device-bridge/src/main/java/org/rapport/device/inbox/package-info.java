/** What devices have sent, from the broker's hand to the Observation: nothing is lost, nothing counts twice. */
@NullMarked
package org.rapport.device.inbox;

import org.jspecify.annotations.NullMarked;
