/** Composes and sends messages to people. */
@NullMarked
package org.rapport.notification;

import org.jspecify.annotations.NullMarked;
