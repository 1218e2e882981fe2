/** Reminds patients of their appointments and takes their answers. */
@NullMarked
package org.rapport.reminder;

import org.jspecify.annotations.NullMarked;
