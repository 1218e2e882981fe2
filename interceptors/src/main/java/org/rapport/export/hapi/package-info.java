/** Takes orders for exports, reads their records from HAPI's store, and hands them out. */
@NullMarked
package org.rapport.export.hapi;

import org.jspecify.annotations.NullMarked;
