/** Turns what somebody has proved into a session that knows who it is and how they proved it. */
@NullMarked
package org.rapport.factor.signin.spring;

import org.jspecify.annotations.NullMarked;
