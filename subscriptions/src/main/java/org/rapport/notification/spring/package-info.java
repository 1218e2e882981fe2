/** Joins the package above to the Spring context. */
@NullMarked
package org.rapport.notification.spring;

import org.jspecify.annotations.NullMarked;
