/** What the whole process shares: its address, its data directory, its clock, and why it cannot start. */
@NullMarked
package org.rapport.server;

import org.jspecify.annotations.NullMarked;
