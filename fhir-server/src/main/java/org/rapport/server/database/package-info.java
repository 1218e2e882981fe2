/** Gives everybody the one PostgreSQL: embedded or outside, reached, checked and migrated before its first use. */
@NullMarked
package org.rapport.server.database;

import org.jspecify.annotations.NullMarked;
