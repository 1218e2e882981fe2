/** Lets developers register their applications themselves, with a token that an administrator has given them. */
@NullMarked
package org.rapport.registration;

import org.jspecify.annotations.NullMarked;
