/** Checks address and body of every request to the FHIR base before the FHIR server sees it. */
@NullMarked
package org.rapport.limit.spring;

import org.jspecify.annotations.NullMarked;
