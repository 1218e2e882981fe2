/** Reads what patients have agreed to, one of the inputs of the access decision. */
@NullMarked
package org.rapport.consent;

import org.jspecify.annotations.NullMarked;
