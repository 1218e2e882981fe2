/** Asks of each access token whether its grant was revoked. */
@NullMarked
package org.rapport.revocation.spring;

import org.jspecify.annotations.NullMarked;
