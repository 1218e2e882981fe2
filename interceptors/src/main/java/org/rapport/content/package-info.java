/** What documents and narratives may hold: plain formatting, and files that are what they say they are. */
@NullMarked
package org.rapport.content;

import org.jspecify.annotations.NullMarked;
