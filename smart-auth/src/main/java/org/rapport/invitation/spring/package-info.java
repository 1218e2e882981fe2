/** The pages of invitations, and their wiring. */
@NullMarked
package org.rapport.invitation.spring;

import org.jspecify.annotations.NullMarked;
