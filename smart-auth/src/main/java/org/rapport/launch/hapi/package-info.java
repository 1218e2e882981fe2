/** Looks launch contexts up in what is stored. */
@NullMarked
package org.rapport.launch.hapi;

import org.jspecify.annotations.NullMarked;
