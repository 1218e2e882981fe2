package org.rapport.breakglass.spring;

import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import org.rapport.account.Account;
import org.rapport.audit.Agent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.context.AuthorizationServerContextHolder;
import org.springframework.security.oauth2.server.authorization.token.DefaultOAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Makes the token of an emergency and stores its grant, in the transaction that runs. */
record EmergencyTokens(
        OAuth2TokenGenerator<OAuth2Token> generator, OAuth2AuthorizationService grants, JdbcClient database) {

    /** A token and the id of its grant. */
    record Given(OAuth2AccessToken token, String grantId) {}

    Given give(OAuth2Authorization grant, RegisteredClient app, ExchangeRequest request) {
        Authentication person = Objects.requireNonNull(grant.getAttribute(Principal.class.getName()));
        var context = DefaultOAuth2TokenContext.builder()
                .registeredClient(app)
                .principal(person)
                .authorizationServerContext(AuthorizationServerContextHolder.getContext())
                .authorization(grant)
                .authorizedScopes(grant.getAuthorizedScopes())
                .tokenType(OAuth2TokenType.ACCESS_TOKEN)
                .authorizationGrantType(grant.getAuthorizationGrantType())
                .authorizationGrant(request)
                .build();
        if (!(generator.generate(context) instanceof Jwt jwt)) {
            throw new IllegalStateException("No access token was made for an emergency.");
        }
        var token = new OAuth2AccessToken(
                OAuth2AccessToken.TokenType.BEARER,
                jwt.getTokenValue(),
                jwt.getIssuedAt(),
                jwt.getExpiresAt(),
                grant.getAuthorizedScopes());
        grants.save(OAuth2Authorization.from(grant)
                .token(token, metadata -> metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, jwt.getClaims()))
                .build());
        return new Given(token, grant.getId());
    }

    /** Whether a grant has not ended; it does not until the transaction ends, which makes another that ends with it. */
    boolean holdAlive(String grantId) {
        return database.sql("SELECT id FROM oauth2_authorization WHERE id = ? FOR KEY SHARE")
                .param(grantId)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** Lets a grant end with the grant it comes from and with a login session. */
    void tie(String grantId, String parentId, String session) {
        database.sql("UPDATE oauth2_authorization SET parent_id = ?, login_session = ? WHERE id = ?")
                .params(parentId, session, grantId)
                .update();
    }

    /** A user who acts by an application. */
    Agent agent(Account user, String clientId) {
        return new Agent(
                Optional.of(user.username()),
                Optional.of(clientId),
                Optional.ofNullable(user.fhirUser()),
                Optional.of(address()));
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                ? current.getRequest().getRemoteAddr()
                : "";
    }
}
