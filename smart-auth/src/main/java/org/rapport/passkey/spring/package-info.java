/** Passkeys by Spring Security's WebAuthn support, over our tables. */
@NullMarked
package org.rapport.passkey.spring;

import org.jspecify.annotations.NullMarked;
