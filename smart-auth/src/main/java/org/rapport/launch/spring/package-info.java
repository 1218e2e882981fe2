/** Takes launches from EHRs and keeps the launch context with a grant. */
@NullMarked
package org.rapport.launch.spring;

import org.jspecify.annotations.NullMarked;
