/** Sends notifications as HTTP requests, to addresses that were checked. */
@NullMarked
package org.rapport.delivery.http;

import org.jspecify.annotations.NullMarked;
