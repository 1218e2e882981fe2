/** Keeps out of the log what belongs to patients and what opens doors, whatever level somebody sets. */
@NullMarked
package org.rapport.discretion.spring;

import org.jspecify.annotations.NullMarked;
