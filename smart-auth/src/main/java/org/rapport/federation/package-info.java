/** Signing in by an outside OpenID Connect provider: which there are, and whose account an outside identity opens. */
@NullMarked
package org.rapport.federation;

import org.jspecify.annotations.NullMarked;
