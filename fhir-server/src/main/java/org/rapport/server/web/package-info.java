/** What HTTP does where no feature has spoken: nothing is open that nobody opened. */
@NullMarked
package org.rapport.server.web;

import org.jspecify.annotations.NullMarked;
