/** People who sign in: accounts, passwords, roles, pages. */
@NullMarked
package org.rapport.account;

import org.jspecify.annotations.NullMarked;
