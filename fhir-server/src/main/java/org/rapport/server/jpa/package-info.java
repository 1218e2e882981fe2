/** HAPI's JPA store, assembled lean: what is indexed, how rows are written, what runs in the background. */
@NullMarked
package org.rapport.server.jpa;

import org.jspecify.annotations.NullMarked;
