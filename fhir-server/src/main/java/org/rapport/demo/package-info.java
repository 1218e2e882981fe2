/** The demo world: people, clients, devices and history made through the same code paths as real use. */
@NullMarked
package org.rapport.demo;

import org.jspecify.annotations.NullMarked;
