package org.rapport.smart.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Account;
import org.rapport.account.Accounts;
import org.rapport.account.Role;
import org.rapport.breakglass.BreakGlass;
import org.rapport.breakglass.spring.EmergencyGrant;
import org.rapport.factor.signin.spring.Person;
import org.rapport.launch.LaunchContext;
import org.rapport.launch.spring.GrantContext;
import org.rapport.revocation.spring.UnrevokedTokens;
import org.rapport.smart.SmartScope;
import org.rapport.smart.TokenHash;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Says in a token who it is for and what it opens.
 *
 * <p>The account is read each time a token is made: a changed role or a disabled account counts from the next refresh.
 */
final class TokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** Type of an access token (RFC 9068): no other token of this server can be taken for one. */
    static final String ACCESS_TOKEN_TYPE = "at+jwt";

    private static final String FHIR_USER = "fhirUser";
    private static final String SYSTEM = "system";

    private final PublicOrigin origin;
    private final Accounts accounts;

    TokenClaims(PublicOrigin origin, Accounts accounts) {
        this.origin = origin;
        this.accounts = accounts;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getJwsHeader().type(ACCESS_TOKEN_TYPE);
            accessToken(context);
        } else {
            idToken(context);
        }
    }

    private void accessToken(JwtEncodingContext context) {
        Set<String> scopes = context.getAuthorizedScopes();
        var claims = context.getClaims()
                .audience(list(List.of(origin.fhirBase())))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim(UnrevokedTokens.GRANT, grantId(context))
                .claim("scope", String.join(" ", SmartScope.toVersion2(scopes)));
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            claims.claim("roles", list(List.of(SYSTEM)));
        } else {
            person(context, claims);
        }
    }

    /** A system's grant is stored under the id that its one token names. */
    private static String grantId(JwtEncodingContext context) {
        var grant = context.getAuthorization();
        return grant == null ? UUID.randomUUID().toString() : grant.getId();
    }

    private void person(JwtEncodingContext context, JwtClaimsSet.Builder claims) {
        var account = account(context);
        Person.describe(context.getPrincipal(), claims);
        claims.claim(
                "roles", list(account.roles().stream().map(Role::code).sorted().toList()));
        if (account.fhirUser() != null) {
            claims.claim(FHIR_USER, account.fhirUser());
        }
        launchContext(context, account).parameters().forEach(claims::claim);
        Optional.ofNullable(context.getAuthorization())
                .flatMap(EmergencyGrant::until)
                .ifPresent(end ->
                        claims.claim("purpose_of_use", BreakGlass.PURPOSE).expiresAt(end));
    }

    /** A grant of a release that kept no context was for the person's own record. */
    private static LaunchContext launchContext(JwtEncodingContext context, Account account) {
        var grant = context.getAuthorization();
        if (grant != null && GrantContext.isKnown(grant)) {
            return GrantContext.of(grant);
        }
        return account.ownRecord()
                .filter(record -> context.getAuthorizedScopes().stream().anyMatch(SmartScope::needsPatient))
                .map(LaunchContext::ofPatient)
                .orElse(LaunchContext.none());
    }

    private void idToken(JwtEncodingContext context) {
        Set<String> scopes = context.getAuthorizedScopes();
        var account = account(context);
        Person.describe(context.getPrincipal(), context.getClaims());
        if (scopes.contains(FHIR_USER) && account.fhirUser() != null) {
            context.getClaims().claim(FHIR_USER, origin.fhirBase() + '/' + account.fhirUser());
        }
        var grant = context.getAuthorization();
        if (grant != null && grant.getAccessToken() != null) {
            var accessToken = grant.getAccessToken().getToken().getTokenValue();
            context.getClaims().claim("at_hash", TokenHash.leftHalf(accessToken));
        }
        if (scopes.contains("profile")) {
            context.getClaims().claim("name", account.displayName());
        }
    }

    private Account account(JwtEncodingContext context) {
        return accounts.find(context.getPrincipal().getName())
                .filter(Account::enabled)
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
    }

    /** A list that can be stored: the claims are kept for introspection. */
    private static List<String> list(List<String> values) {
        return new ArrayList<>(values);
    }
}
