package org.rapport.smart.spring;

import java.util.Optional;
import org.rapport.session.DeviceName;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * The browser in which a person lets an application in.
 *
 * @param cookie names the login session
 */
record SigningInBrowser(String cookie, String address, String device) {

    /** The browser whose request this thread answers; empty when an application asks. */
    static Optional<SigningInBrowser> current() {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes)
                || !AuthorizationServerSecurity.isForPeople(attributes.getRequest())) {
            return Optional.empty();
        }
        var request = attributes.getRequest();
        return Optional.ofNullable(request.getSession(false))
                .map(session -> new SigningInBrowser(
                        session.getId(), request.getRemoteAddr(), DeviceName.of(request.getHeader("User-Agent"))));
    }
}
