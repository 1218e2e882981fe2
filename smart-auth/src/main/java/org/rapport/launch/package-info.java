/** What an application is opened with: the patient, the visit, the look of the screen around it. */
@NullMarked
package org.rapport.launch;

import org.jspecify.annotations.NullMarked;
