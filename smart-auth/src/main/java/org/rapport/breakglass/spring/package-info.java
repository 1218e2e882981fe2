/** The pages of emergencies and their reviews, and the exchange by which an application gets its token. */
@NullMarked
package org.rapport.breakglass.spring;

import org.jspecify.annotations.NullMarked;
