/** How people come to an account: by a one-time code that staff hand out, bound to who they are in the record. */
@NullMarked
package org.rapport.invitation;

import org.jspecify.annotations.NullMarked;
