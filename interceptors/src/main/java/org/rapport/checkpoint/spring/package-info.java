/** Wires the checkpoints of the audit chain. */
@NullMarked
package org.rapport.checkpoint.spring;

import org.jspecify.annotations.NullMarked;
