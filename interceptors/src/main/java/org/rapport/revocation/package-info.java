/** Which grants ended before their access tokens expire, known to every instance within a second. */
@NullMarked
package org.rapport.revocation;

import org.jspecify.annotations.NullMarked;
