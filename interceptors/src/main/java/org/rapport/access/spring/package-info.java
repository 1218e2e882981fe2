/** Checks the access token of every request to the FHIR base. */
@NullMarked
package org.rapport.access.spring;

import org.jspecify.annotations.NullMarked;
