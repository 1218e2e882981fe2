/** Labels what is written as sensitive, by the codes in it, so that rules about consent can tell. */
@NullMarked
package org.rapport.labelling;

import org.jspecify.annotations.NullMarked;
