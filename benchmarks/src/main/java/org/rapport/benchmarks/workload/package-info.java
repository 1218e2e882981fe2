/**
 * What the benchmarks ask of a FHIR server: sample patients, the requests about them, and the way to send these.
 */
@NullMarked
package org.rapport.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
