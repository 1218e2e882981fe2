/** Fills the change log from HAPI's hooks. */
@NullMarked
package org.rapport.changes.hapi;

import org.jspecify.annotations.NullMarked;
