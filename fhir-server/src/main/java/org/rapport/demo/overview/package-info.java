/** The page that shows the demo at work: readings, alerts, appointments, messages and what waits. */
@NullMarked
package org.rapport.demo.overview;

import org.jspecify.annotations.NullMarked;
