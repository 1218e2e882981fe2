package org.rapport.smart.spring;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.PublicOrigin;
import org.rapport.account.Accounts;
import org.rapport.audit.SecurityLog;
import org.rapport.breakglass.BreakGlass;
import org.rapport.masterkey.KeySettings;
import org.rapport.masterkey.MasterKey;
import org.rapport.revocation.spring.RecentlyVerified;
import org.rapport.session.SessionLimits;
import org.rapport.session.TokenLifetimes;
import org.rapport.signing.KeyPlan;
import org.rapport.signing.KeyRing;
import org.rapport.signing.KeyRotation;
import org.rapport.signing.SigningKeys;
import org.rapport.work.Work;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the keys, what makes tokens and what checks them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeySettings.class)
class TokenConfiguration {

    private static final int REFRESH_TOKEN_BYTES = 48;
    private static final String OFFLINE = "offline_access";
    private static final Set<String> LASTING = Set.of(OFFLINE, "online_access");

    @Bean
    MasterKey masterKey(KeySettings settings, Environment environment) {
        var dataDirectory = environment.getProperty("rapport.data-dir", "data");
        return MasterKey.of(settings, Path.of(dataDirectory, "master.key"));
    }

    @Bean
    @DependsOnDatabaseInitialization
    SigningKeys storedSigningKeys(
            SigningKeys.Store store, KeyPlan plan, MasterKey masterKey, SecurityLog log, Clock clock) {
        var keys = new SigningKeys(store, masterKey, plan, log, clock);
        keys.prepare();
        return keys;
    }

    @Bean
    KeyPlan keyPlan(KeySettings settings, TokenLifetimes lifetimes) {
        return new KeyPlan(settings.rotateEvery(), settings.overlap())
                .outliving(lifetimes.accessToken())
                .outliving(BreakGlass.LIFETIME);
    }

    @Bean
    SigningKeys.Store signingKeyStore(DataSource database, PlatformTransactionManager transactions) {
        return new SigningKeys.Store(
                JdbcClient.create(database), new TransactionTemplate(transactions), SigningKeys::newKey);
    }

    @Bean
    KeyRing signingKeys(SigningKeys keys, Clock clock) {
        return new KeyRing(keys, clock);
    }

    @Bean
    Work keyRotation(SigningKeys keys, Clock clock) {
        return new KeyRotation(keys, clock);
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokenGenerator(
            KeyRing keys, PublicOrigin origin, Accounts accounts, SessionLimits sessions, Clock clock) {
        var jwt = new JwtGenerator(new NimbusJwtEncoder(keys.signing()));
        jwt.setJwtCustomizer(new TokenClaims(origin, accounts));
        var random = new SecureRandom();
        OAuth2TokenGenerator<OAuth2RefreshToken> refresh = context -> refreshToken(context, random, sessions, clock);
        return new DelegatingOAuth2TokenGenerator(jwt, refresh);
    }

    /** Takes access tokens of this server for its FHIR base, and no other kind of token; a token that comes again is not computed again. */
    @Bean
    JwtDecoder accessTokenDecoder(JWKSource<SecurityContext> keys, PublicOrigin origin, Clock clock) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TokenClaims.ACCESS_TOKEN_TYPE)));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(SigningKeys.ALGORITHM, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var alive = new JwtTimestampValidator();
        alive.setClock(clock);
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                alive,
                new JwtClaimValidator<Object>("exp", Objects::nonNull),
                new JwtIssuerValidator(origin.baseUrl()),
                new JwtClaimValidator<List<String>>(
                        "aud", audience -> audience != null && audience.contains(origin.fhirBase()))));
        return new RecentlyVerified(decoder, alive);
    }

    /**
     * For offline_access, and for online_access no longer than a login session can last; for public clients too, since each
     * use replaces the token.
     */
    private static @Nullable OAuth2RefreshToken refreshToken(
            OAuth2TokenContext context, SecureRandom random, SessionLimits sessions, Clock clock) {
        var grant = context.getAuthorization();
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())
                || grant == null
                || Collections.disjoint(grant.getAuthorizedScopes(), LASTING)) {
            return null;
        }
        var value = new byte[REFRESH_TOKEN_BYTES];
        random.nextBytes(value);
        var now = clock.instant();
        var offline = context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive();
        boolean online = !grant.getAuthorizedScopes().contains(OFFLINE);
        var lifetime = online && sessions.absolute().compareTo(offline) < 0 ? sessions.absolute() : offline;
        return new OAuth2RefreshToken(
                Base64.getUrlEncoder().withoutPadding().encodeToString(value), now, now.plus(lifetime));
    }
}
