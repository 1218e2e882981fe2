/** Joins the deliveries to the Spring context. */
@NullMarked
package org.rapport.delivery.spring;

import org.jspecify.annotations.NullMarked;
