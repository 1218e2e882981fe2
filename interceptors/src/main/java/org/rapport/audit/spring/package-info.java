/** Audits what never reached the FHIR server. */
@NullMarked
package org.rapport.audit.spring;

import org.jspecify.annotations.NullMarked;
