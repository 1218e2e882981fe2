/** Delivers FHIR Subscriptions from the outbox. */
@NullMarked
package org.rapport.delivery;

import org.jspecify.annotations.NullMarked;
