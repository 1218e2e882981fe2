/** Reads from what is stored who treats, cares for or acts for whom, and keeps it until it changes. */
@NullMarked
package org.rapport.relation.hapi;

import org.jspecify.annotations.NullMarked;
