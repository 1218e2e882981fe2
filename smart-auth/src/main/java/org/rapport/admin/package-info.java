/** What administrators may ask for, and when their proof of who they are is fresh enough for it. */
@NullMarked
package org.rapport.admin;

import org.jspecify.annotations.NullMarked;
