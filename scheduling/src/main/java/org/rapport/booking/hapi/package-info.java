/** Booking in HAPI: the hook that claims time with every Appointment written, and the operations of IHE Scheduling. */
@NullMarked
package org.rapport.booking.hapi;

import org.jspecify.annotations.NullMarked;
