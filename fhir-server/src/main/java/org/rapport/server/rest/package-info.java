/** The FHIR REST endpoint: HAPI's servlet with every provider and interceptor that the features contribute. */
@NullMarked
package org.rapport.server.rest;

import org.jspecify.annotations.NullMarked;
