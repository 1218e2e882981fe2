/** Finds consents in HAPI's store and asks them at every exit. */
@NullMarked
package org.rapport.consent.hapi;

import org.jspecify.annotations.NullMarked;
