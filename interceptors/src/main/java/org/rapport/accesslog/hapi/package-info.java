/** Shows patients the log of their record by an operation. */
@NullMarked
package org.rapport.accesslog.hapi;

import org.jspecify.annotations.NullMarked;
