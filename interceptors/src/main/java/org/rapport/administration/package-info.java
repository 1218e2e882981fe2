/** What an administrator reaches in features that do not know each other. */
@NullMarked
package org.rapport.administration;

import org.jspecify.annotations.NullMarked;
