/** Judges and narrows what a search asks for, follows its links in the caller's view, and fills and guards its pages. */
@NullMarked
package org.rapport.search.hapi;

import org.jspecify.annotations.NullMarked;
