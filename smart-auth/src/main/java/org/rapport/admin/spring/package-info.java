/** Pages and an API for administrators: people, applications, devices. */
@NullMarked
package org.rapport.admin.spring;

import org.jspecify.annotations.NullMarked;
