/** Signs how far the audit chain has come, and keeps that outside of the database. */
@NullMarked
package org.rapport.checkpoint;

import org.jspecify.annotations.NullMarked;
