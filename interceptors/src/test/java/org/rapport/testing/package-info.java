/** A FHIR server with everything this module puts around one, for tests. */
@NullMarked
package org.rapport.testing;

import org.jspecify.annotations.NullMarked;
