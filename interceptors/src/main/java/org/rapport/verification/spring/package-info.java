/** Wires the verification of the audit log. */
@NullMarked
package org.rapport.verification.spring;

import org.jspecify.annotations.NullMarked;
