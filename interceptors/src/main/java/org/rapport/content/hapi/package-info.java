/** Looks at documents and narratives inside the transaction that writes them. */
@NullMarked
package org.rapport.content.hapi;

import org.jspecify.annotations.NullMarked;
