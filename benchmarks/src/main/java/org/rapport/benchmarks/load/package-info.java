/**
 * Drives one FHIR server, or two in turns, and says how many requests it answers, how fast, and at what cost of CPU.
 */
@NullMarked
package org.rapport.benchmarks.load;

import org.jspecify.annotations.NullMarked;
