/** The authorization server: clients, tokens, keys, SMART on FHIR. */
@NullMarked
package org.rapport.smart;

import org.jspecify.annotations.NullMarked;
