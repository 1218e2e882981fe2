/** The pages of passwords, and their wiring. */
@NullMarked
package org.rapport.password.spring;

import org.jspecify.annotations.NullMarked;
