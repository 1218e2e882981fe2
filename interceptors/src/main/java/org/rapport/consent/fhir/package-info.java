/** Reads FHIR R4 resources into what the rules about consent compare. */
@NullMarked
package org.rapport.consent.fhir;

import org.jspecify.annotations.NullMarked;
