/** Reads and writes the FHIR resources of the package above. */
@NullMarked
package org.rapport.notification.hapi;

import org.jspecify.annotations.NullMarked;
