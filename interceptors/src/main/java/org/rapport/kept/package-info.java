/** Keeps in memory what was read, for as long as nothing changes that it was read from, on whatever instance. */
@NullMarked
package org.rapport.kept;

import org.jspecify.annotations.NullMarked;
