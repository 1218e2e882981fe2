/** What a sign-in leads to and how it ends: login sessions, grants, and the applications that hold them. */
@NullMarked
package org.rapport.session;

import org.jspecify.annotations.NullMarked;
