/** Plans and dispatches appointment reminders. */
@NullMarked
package org.rapport.reminder;

import org.jspecify.annotations.NullMarked;
