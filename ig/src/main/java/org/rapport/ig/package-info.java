/** Names the canonicals of the implementation guide and finds its built package. */
@NullMarked
package org.rapport.ig;

import org.jspecify.annotations.NullMarked;
