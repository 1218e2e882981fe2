/** Tells patients in plain words who did what with their record. */
@NullMarked
package org.rapport.accesslog;

import org.jspecify.annotations.NullMarked;
