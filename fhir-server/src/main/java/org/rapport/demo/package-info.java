/** The demo: what everybody can try without own data. Nothing of it exists in a production start. */
@NullMarked
package org.rapport.demo;

import org.jspecify.annotations.NullMarked;
