/** Passes the audit log on to those who watch over many systems. */
@NullMarked
package org.rapport.siem;

import org.jspecify.annotations.NullMarked;
