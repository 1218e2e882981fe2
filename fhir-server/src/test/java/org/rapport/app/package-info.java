/** Unmodified SMART apps in a real browser against the running product. */
@NullMarked
package org.rapport.app;

import org.jspecify.annotations.NullMarked;
