/** Lets those who watch over access verify the audit log. */
@NullMarked
package org.rapport.verification.hapi;

import org.jspecify.annotations.NullMarked;
