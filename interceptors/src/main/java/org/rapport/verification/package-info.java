/** Proves that the audit log is as it was written, or names what is not. */
@NullMarked
package org.rapport.verification;

import org.jspecify.annotations.NullMarked;
