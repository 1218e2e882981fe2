/** The pages of the own account, signing out, and the times of browser sessions. */
@NullMarked
package org.rapport.session.spring;

import org.jspecify.annotations.NullMarked;
