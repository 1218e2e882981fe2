/** Keeps the append-only record of who did what. */
@NullMarked
package org.rapport.audit;

import org.jspecify.annotations.NullMarked;
