/** Passwords of people: which are good enough, how one is changed, how a forgotten one is replaced. */
@NullMarked
package org.rapport.password;

import org.jspecify.annotations.NullMarked;
