/** The pages of mail addresses, and the wiring of account mails. */
@NullMarked
package org.rapport.contact.spring;

import org.jspecify.annotations.NullMarked;
