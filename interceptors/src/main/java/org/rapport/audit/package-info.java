/** Keeps the record of who did what to whose data. */
@NullMarked
package org.rapport.audit;

import org.jspecify.annotations.NullMarked;
