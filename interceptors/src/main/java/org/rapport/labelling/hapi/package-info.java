/** Labels resources inside the transaction that writes them. */
@NullMarked
package org.rapport.labelling.hapi;

import org.jspecify.annotations.NullMarked;
