/** Knows the public keys by which clients prove who they are: written down with them or fetched from their address. */
@NullMarked
package org.rapport.clientkey;

import org.jspecify.annotations.NullMarked;
