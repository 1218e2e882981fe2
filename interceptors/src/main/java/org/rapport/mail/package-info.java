/** Mails to people: what one is, where it goes out, in which language it is written. */
@NullMarked
package org.rapport.mail;

import org.jspecify.annotations.NullMarked;
