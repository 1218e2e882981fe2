/** Bounds what a request to the FHIR server may ask for. */
@NullMarked
package org.rapport.limit.hapi;

import org.jspecify.annotations.NullMarked;
