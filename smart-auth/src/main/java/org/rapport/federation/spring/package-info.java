/** Talks to outside providers, and the pages around it. */
@NullMarked
package org.rapport.federation.spring;

import org.jspecify.annotations.NullMarked;
