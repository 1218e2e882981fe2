package org.rapport.smart.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;

/**
 * Tells of an access token only to clients that proved who they are, and of nothing else than access tokens: a refresh
 * or ID token is not meant for anybody who would have to ask.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>
 */
final class IntrospectionRules implements AuthenticationProvider {

    private final AuthenticationProvider introspection;

    IntrospectionRules(AuthenticationProvider introspection) {
        this.introspection = introspection;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        if (request.getPrincipal() instanceof OAuth2ClientAuthenticationToken client
                && ClientAuthenticationMethod.NONE.equals(client.getClientAuthenticationMethod())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        var answer = introspection.authenticate(request);
        if (!(answer instanceof OAuth2TokenIntrospectionAuthenticationToken told)
                || !told.getTokenClaims().isActive()
                || "Bearer".equals(told.getTokenClaims().getTokenType())) {
            return answer;
        }
        return new OAuth2TokenIntrospectionAuthenticationToken(
                told.getToken(),
                (Authentication) told.getPrincipal(),
                OAuth2TokenIntrospection.builder(false).build());
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return introspection.supports(authentication);
    }
}
