/** The key under which other keys and secrets lie encrypted in the database, from a file or a key management system. */
@NullMarked
package org.rapport.masterkey;

import org.jspecify.annotations.NullMarked;
