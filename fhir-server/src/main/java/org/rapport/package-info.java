/** The entry to the product: the class that starts everything. */
@NullMarked
package org.rapport;

import org.jspecify.annotations.NullMarked;
