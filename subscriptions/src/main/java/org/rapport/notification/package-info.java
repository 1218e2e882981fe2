/** Sends messages to people and keeps each as a Communication. */
@NullMarked
package org.rapport.notification;

import org.jspecify.annotations.NullMarked;
