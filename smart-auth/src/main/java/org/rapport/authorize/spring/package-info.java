/** The way of a person through an authorization: the request, the patient, the page that asks, the answer. */
@NullMarked
package org.rapport.authorize.spring;

import org.jspecify.annotations.NullMarked;
