/** Delivers FHIR Subscriptions: keeps them, matches each committed change with them and decides on every delivery. */
@NullMarked
package org.rapport.delivery;

import org.jspecify.annotations.NullMarked;
