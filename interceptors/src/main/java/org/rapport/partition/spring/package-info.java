/** Makes partitions for as long as the server runs. */
@NullMarked
package org.rapport.partition.spring;

import org.jspecify.annotations.NullMarked;
