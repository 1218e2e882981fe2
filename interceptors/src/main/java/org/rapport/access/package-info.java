/** Decides who may do what: the one access decision, asked at every exit. */
@NullMarked
package org.rapport.access;

import org.jspecify.annotations.NullMarked;
