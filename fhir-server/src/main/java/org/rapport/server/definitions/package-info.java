/** Puts the definitions that the store works by into the store: search parameters and implementation guides. */
@NullMarked
package org.rapport.server.definitions;

import org.jspecify.annotations.NullMarked;
