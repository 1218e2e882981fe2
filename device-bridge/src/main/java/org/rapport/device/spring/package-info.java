/** Joins the device features to the Spring context. */
@NullMarked
package org.rapport.device.spring;

import org.jspecify.annotations.NullMarked;
