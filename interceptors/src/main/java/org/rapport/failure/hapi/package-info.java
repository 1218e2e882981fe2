/** Turns whatever goes wrong inside the FHIR server into the answers of {@code org.rapport.failure}. */
@NullMarked
package org.rapport.failure.hapi;

import org.jspecify.annotations.NullMarked;
