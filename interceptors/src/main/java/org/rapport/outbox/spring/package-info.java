/** Joins the outbox to the Spring context. */
@NullMarked
package org.rapport.outbox.spring;

import org.jspecify.annotations.NullMarked;
