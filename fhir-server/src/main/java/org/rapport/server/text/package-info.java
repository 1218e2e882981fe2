/** Free-text search: keeps this instance's Lucene index in step with the database. */
@NullMarked
package org.rapport.server.text;

import org.jspecify.annotations.NullMarked;
