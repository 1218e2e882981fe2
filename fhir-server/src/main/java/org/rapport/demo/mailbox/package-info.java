/** Demo only: catches every mail that Rapport sends and shows it on a page. */
@NullMarked
package org.rapport.demo.mailbox;

import org.jspecify.annotations.NullMarked;
