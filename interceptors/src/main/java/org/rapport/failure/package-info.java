/** Says what a caller is told when something is refused or goes wrong: constant texts, nothing about the inside. */
@NullMarked
package org.rapport.failure;

import org.jspecify.annotations.NullMarked;
