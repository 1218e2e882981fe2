/** Brings the database schema up to date by recorded migrations and refuses one that has drifted. */
@NullMarked
package org.rapport.server.schema;

import org.jspecify.annotations.NullMarked;
