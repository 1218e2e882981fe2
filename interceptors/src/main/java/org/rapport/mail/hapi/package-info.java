/** Reads from the record what mails need to know of a person. */
@NullMarked
package org.rapport.mail.hapi;

import org.jspecify.annotations.NullMarked;
