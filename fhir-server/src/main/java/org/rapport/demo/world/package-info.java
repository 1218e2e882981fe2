/** Makes the demo world, once per database, and keeps it out of a production start. */
@NullMarked
package org.rapport.demo.world;

import org.jspecify.annotations.NullMarked;
