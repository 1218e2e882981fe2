/** Sends the audit log for as long as the server runs. */
@NullMarked
package org.rapport.siem.spring;

import org.jspecify.annotations.NullMarked;
