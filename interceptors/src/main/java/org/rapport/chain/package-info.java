/** Chains the rows of the audit log by keyed hashes, so that nobody without the key can change one unnoticed. */
@NullMarked
package org.rapport.chain;

import org.jspecify.annotations.NullMarked;
