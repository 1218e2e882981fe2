/** Sends requests to places that somebody outside has named: public addresses only, or hosts the operator allows. */
@NullMarked
package org.rapport.outbound;

import org.jspecify.annotations.NullMarked;
