/** The second step of a sign-in, step-up, and the pages of one's own factors. */
@NullMarked
package org.rapport.factor.spring;

import org.jspecify.annotations.NullMarked;
