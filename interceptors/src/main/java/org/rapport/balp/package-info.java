/** Shows rows of the audit log in the patterns of IHE BALP. */
@NullMarked
package org.rapport.balp;

import org.jspecify.annotations.NullMarked;
