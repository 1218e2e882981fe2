/** Runs what happens in the background: steps that are woken by signals, with a sweep as net. */
@NullMarked
package org.rapport.work;

import org.jspecify.annotations.NullMarked;
