/** The pages on which people add, rename and remove their factors, the first one while they sign in. */
@NullMarked
package org.rapport.factor.enrolment.spring;

import org.jspecify.annotations.NullMarked;
