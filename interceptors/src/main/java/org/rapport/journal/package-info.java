/** Keeps the audit rows of emergencies in a file while the audit log takes none, and adds them to the log afterwards. */
@NullMarked
package org.rapport.journal;

import org.jspecify.annotations.NullMarked;
