/** Sign-in pages, browser sessions and the wiring of accounts. */
@NullMarked
package org.rapport.account.spring;

import org.jspecify.annotations.NullMarked;
