/** Publishes and shows policy texts, and records what was seen of them, through HAPI. */
@NullMarked
package org.rapport.policy.hapi;

import org.jspecify.annotations.NullMarked;
