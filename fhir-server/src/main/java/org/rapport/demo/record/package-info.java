/** The demo's resources: the same people with the same ids on every machine. */
@NullMarked
package org.rapport.demo.record;

import org.jspecify.annotations.NullMarked;
