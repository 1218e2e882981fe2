/** Finds the documents and reports that name a file: who may see one of them may see the file. */
@NullMarked
package org.rapport.document.hapi;

import org.jspecify.annotations.NullMarked;
