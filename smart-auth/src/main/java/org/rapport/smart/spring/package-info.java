/** Spring Authorization Server, bent to SMART: its endpoints, its state in PostgreSQL, its answers. */
@NullMarked
package org.rapport.smart.spring;

import org.jspecify.annotations.NullMarked;
