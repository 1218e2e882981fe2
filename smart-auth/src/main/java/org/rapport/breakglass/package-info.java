/** Opens the record of one patient in an emergency, tells everybody concerned, and has each time reviewed. */
@NullMarked
package org.rapport.breakglass;

import org.jspecify.annotations.NullMarked;
