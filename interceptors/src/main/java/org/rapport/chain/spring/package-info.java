/** Wires the audit chain, its keys and its work in the background. */
@NullMarked
package org.rapport.chain.spring;

import org.jspecify.annotations.NullMarked;
