/** The rules that tell an unusual way of reading records from the usual one. */
@NullMarked
package org.rapport.suspicion;

import org.jspecify.annotations.NullMarked;
