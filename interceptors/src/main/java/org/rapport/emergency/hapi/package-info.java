/** Watches in HAPI's hooks over those who broke the glass. */
@NullMarked
package org.rapport.emergency.hapi;

import org.jspecify.annotations.NullMarked;
