/** Wires the fetching of client keys. */
@NullMarked
package org.rapport.clientkey.spring;

import org.jspecify.annotations.NullMarked;
