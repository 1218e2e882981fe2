/** Takes elements out of answers and writes that a caller may not see. */
@NullMarked
package org.rapport.mask.hapi;

import org.jspecify.annotations.NullMarked;
