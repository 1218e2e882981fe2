/** Reads limits from and writes alerts to the FHIR store. */
@NullMarked
package org.rapport.alert.hapi;

import org.jspecify.annotations.NullMarked;
