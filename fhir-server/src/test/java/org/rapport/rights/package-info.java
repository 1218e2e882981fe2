/** What the packaged product shows and refuses to whom, case by case as the security reference numbers them. */
@NullMarked
package org.rapport.rights;

import org.jspecify.annotations.NullMarked;
