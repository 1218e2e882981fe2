/** The texts of the policies that patients consent to, by version, and which of them a patient saw. */
@NullMarked
package org.rapport.policy;

import org.jspecify.annotations.NullMarked;
