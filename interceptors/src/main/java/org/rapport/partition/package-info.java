/** Keeps the audit log in one partition for each month. */
@NullMarked
package org.rapport.partition;

import org.jspecify.annotations.NullMarked;
