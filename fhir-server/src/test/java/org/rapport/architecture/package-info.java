/** The shape of the product, checked: which room may know which, where frameworks may stand, what no code may do. */
@NullMarked
package org.rapport.architecture;

import org.jspecify.annotations.NullMarked;
