/** Keeps the change log that every reaction to a write starts from. */
@NullMarked
package org.rapport.changes;

import org.jspecify.annotations.NullMarked;
