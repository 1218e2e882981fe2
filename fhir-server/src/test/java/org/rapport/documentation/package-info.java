/** The parts of the documentation that are written from the code. */
@NullMarked
package org.rapport.documentation;

import org.jspecify.annotations.NullMarked;
