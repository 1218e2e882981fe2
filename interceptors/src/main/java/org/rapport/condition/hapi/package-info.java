/** Lets people create under a condition, which is asked in their view. */
@NullMarked
package org.rapport.condition.hapi;

import org.jspecify.annotations.NullMarked;
