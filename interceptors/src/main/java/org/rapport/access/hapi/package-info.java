/** What the caller of a request may do with which resource, for everybody who asks the access decision. */
@NullMarked
package org.rapport.access.hapi;

import org.jspecify.annotations.NullMarked;
