/** Hands mails to the mail server. */
@NullMarked
package org.rapport.mail.spring;

import org.jspecify.annotations.NullMarked;
