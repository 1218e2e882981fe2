/** The administrators' pages and API for people: who they are, what they may do, what they are signed in to. */
@NullMarked
package org.rapport.admin.people.spring;

import org.jspecify.annotations.NullMarked;
