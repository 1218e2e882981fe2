package org.rapport.authorize.spring;

import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/** Makes the refusals of an authorization: to the application where it is certain, to the person where it is not. */
final class Refusals {

    private Refusals() {}

    /** A page; nothing is sent to an application that may be another's. */
    static OAuth2AuthorizationCodeRequestAuthenticationException page(String parameter) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                error(OAuth2ErrorCodes.INVALID_REQUEST, parameter), null);
    }

    /** A page that says the form was not ours. */
    static OAuth2AuthorizationCodeRequestAuthenticationException foreignForm() {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(
                new OAuth2Error(AuthorizationFlow.FOREIGN_FORM), null);
    }

    /** An error in the redirect to the application. */
    static OAuth2AuthorizationCodeRequestAuthenticationException redirect(
            String error, String parameter, OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        return new OAuth2AuthorizationCodeRequestAuthenticationException(error(error, parameter), request);
    }

    private static OAuth2Error error(String error, String parameter) {
        return new OAuth2Error(error, "Parameter: " + parameter, null);
    }
}
