package org.rapport.access.spring;

import org.rapport.failure.Failure;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** Says what to answer when a request has no token that counts. */
final class TokenFailure {

    /** How {@link org.springframework.security.oauth2.jwt.JwtTimestampValidator} begins; it has no code for it. */
    private static final String EXPIRED = "Jwt expired at ";

    private TokenFailure() {}

    /** Only a token that is all right but for its time is told to be expired. */
    static Failure of(AuthenticationException exception) {
        if (exception instanceof AuthenticationServiceException) {
            return Failure.UNAVAILABLE;
        }
        boolean expired = exception.getCause() instanceof JwtValidationException invalid
                && !invalid.getErrors().isEmpty()
                && invalid.getErrors().stream().allMatch(TokenFailure::isExpiry);
        return expired ? Failure.EXPIRED : Failure.NOT_AUTHENTICATED;
    }

    private static boolean isExpiry(OAuth2Error error) {
        return error.getDescription() != null && error.getDescription().startsWith(EXPIRED);
    }
}
