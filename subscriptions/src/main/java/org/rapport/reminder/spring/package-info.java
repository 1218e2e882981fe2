/** Joins the package above to the Spring context. */
@NullMarked
package org.rapport.reminder.spring;

import org.jspecify.annotations.NullMarked;
