/** How an account's owner is reached: verified mail addresses and the mails that go to them. */
@NullMarked
package org.rapport.contact;

import org.jspecify.annotations.NullMarked;
