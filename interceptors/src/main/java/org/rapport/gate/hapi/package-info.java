/** Asks the access decision wherever HAPI lets a request in, writes a resource or lets one out. */
@NullMarked
package org.rapport.gate.hapi;

import org.jspecify.annotations.NullMarked;
