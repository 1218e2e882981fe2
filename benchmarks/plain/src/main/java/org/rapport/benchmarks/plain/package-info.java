/**
 * HAPI FHIR JPA as the public starter sets it up, with none of our modules: the yardstick of the benchmarks.
 */
@NullMarked
package org.rapport.benchmarks.plain;

import org.jspecify.annotations.NullMarked;
