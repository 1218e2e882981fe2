/** The administrators' pages and API for applications. */
@NullMarked
package org.rapport.admin.client.spring;

import org.jspecify.annotations.NullMarked;
