/** Publishes and shows policy texts through HAPI. */
@NullMarked
package org.rapport.policy.hapi;

import org.jspecify.annotations.NullMarked;
