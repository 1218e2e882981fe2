/** What the packaged product promises to its operator and its clients, asked of running processes. */
@NullMarked
package org.rapport.product;

import org.jspecify.annotations.NullMarked;
