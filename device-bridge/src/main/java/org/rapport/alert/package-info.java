/** Alert rules on readings. */
@NullMarked
package org.rapport.alert;

import org.jspecify.annotations.NullMarked;
