/** Assembles HAPI's JPA server and everything that is embedded beside it. */
@NullMarked
package org.rapport.server;

import org.jspecify.annotations.NullMarked;
