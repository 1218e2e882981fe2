/** Gives the answers of failures outside of the FHIR server's own code. */
@NullMarked
package org.rapport.failure.spring;

import org.jspecify.annotations.NullMarked;
