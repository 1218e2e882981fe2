/** Asks the access decision wherever HAPI lets a request in, writes a resource or lets one out. */
@NullMarked
package org.rapport.access.hapi;

import org.jspecify.annotations.NullMarked;
