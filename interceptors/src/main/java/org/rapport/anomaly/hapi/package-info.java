/** Finds people in HAPI's store and shows findings as Flags. */
@NullMarked
package org.rapport.anomaly.hapi;

import org.jspecify.annotations.NullMarked;
