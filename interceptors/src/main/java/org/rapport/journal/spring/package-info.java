/** Wires the journal of emergencies. */
@NullMarked
package org.rapport.journal.spring;

import org.jspecify.annotations.NullMarked;
