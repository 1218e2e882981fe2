/** Reads, matches and marks resources in HAPI's store for the deliveries. */
@NullMarked
package org.rapport.delivery.hapi;

import org.jspecify.annotations.NullMarked;
