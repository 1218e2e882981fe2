/** Starts the background work with the server and stops it before everything it uses. */
@NullMarked
package org.rapport.work.spring;

import org.jspecify.annotations.NullMarked;
