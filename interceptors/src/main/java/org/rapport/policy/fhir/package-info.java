/** Policy texts, and what was seen of them, as FHIR R4 resources. */
@NullMarked
package org.rapport.policy.fhir;

import org.jspecify.annotations.NullMarked;
