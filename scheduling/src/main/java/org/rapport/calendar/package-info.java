/** Calendar feeds and invitations (RFC 5545). */
@NullMarked
package org.rapport.calendar;

import org.jspecify.annotations.NullMarked;
