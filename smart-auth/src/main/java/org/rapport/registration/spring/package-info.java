/** Answers the requests of dynamic client registration. */
@NullMarked
package org.rapport.registration.spring;

import org.jspecify.annotations.NullMarked;
