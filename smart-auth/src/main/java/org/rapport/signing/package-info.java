/** Makes, publishes, rotates and retires the keys that sign tokens. */
@NullMarked
package org.rapport.signing;

import org.jspecify.annotations.NullMarked;
