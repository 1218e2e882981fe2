/**
 * Counts what one request costs inside a server: SQL executions, rows, bytes. None of it depends on the machine.
 */
@NullMarked
package org.rapport.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
