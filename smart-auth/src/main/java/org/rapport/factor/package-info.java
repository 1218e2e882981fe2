/** What somebody signs in with besides a password: one-time codes of an app, passkeys, recovery codes. */
@NullMarked
package org.rapport.factor;

import org.jspecify.annotations.NullMarked;
