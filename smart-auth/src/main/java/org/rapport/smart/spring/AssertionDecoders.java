package org.rapport.smart.spring;

import com.nimbusds.jose.JOSEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.PublicOrigin;
import org.rapport.clientkey.ClientKeys;
import org.rapport.clientkey.FetchedKeys;
import org.rapport.smart.AssertionReplays;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/**
 * Checks the assertions by which clients with keys authenticate: signed by a registered key, meant for this server,
 * short-lived, used once.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/client-confidential-asymmetric.html">SMART asymmetric
 *     client authentication</a>
 */
final class AssertionDecoders implements JwtDecoderFactory<RegisteredClient> {

    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS384, JWSAlgorithm.ES384);

    private static final int LONGEST = 8192;
    private static final int LONGEST_ID = 255;
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final AssertionReplays replays;
    private final ClientRefusals refusals;
    private final FetchedKeys published;
    private final Set<String> audiences;
    private final Clock clock;

    AssertionDecoders(
            AssertionReplays replays,
            ClientRefusals refusals,
            FetchedKeys published,
            PublicOrigin origin,
            Clock clock) {
        this.replays = replays;
        this.refusals = refusals;
        this.published = published;
        this.audiences = Set.of(origin.baseUrl(), origin.baseUrl() + "/oauth2/token");
        this.clock = clock;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        return assertion -> {
            if (assertion.length() > LONGEST) {
                throw new BadJwtException("Not an assertion of this client.");
            }
            var keyId = keyId(assertion);
            var verified = signature(keys(client, keyId)).decode(assertion);
            requireClaims(verified, client.getClientId());
            return verified;
        };
    }

    private JWKSet keys(RegisteredClient client, String keyId) {
        var settings = client.getClientSettings();
        var inline = settings.<String>getSetting(RegisteredApps.JWKS);
        if (inline != null) {
            return ClientKeys.parse(inline);
        }
        return Optional.ofNullable(settings.<String>getSetting(RegisteredApps.JWKS_URI))
                .flatMap(uri -> published.of(client.getClientId(), uri, keyId))
                .orElseThrow(() -> new BadJwtException("No keys of this client are known."));
    }

    private static NimbusJwtDecoder signature(JWKSet keys) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(keys)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        var decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(jwt -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    /** The key that the header names: by id, for an algorithm that is taken, and without bringing one along. */
    private static String keyId(String assertion) {
        try {
            var header = JWSHeader.parse(JOSEObject.split(assertion)[0]);
            if (header.getKeyID() == null
                    || !ALGORITHMS.contains(header.getAlgorithm())
                    || header.getJWK() != null
                    || header.getJWKURL() != null
                    || header.getX509CertURL() != null
                    || header.getX509CertChain() != null) {
                throw new BadJwtException("The header of an assertion has a kid and no key.");
            }
            return header.getKeyID();
        } catch (ParseException | IllegalArgumentException e) {
            throw new BadJwtException("Not a signed JWT.", e);
        }
    }

    private void requireClaims(Jwt jwt, String clientId) {
        var now = clock.instant();
        var expires = jwt.getExpiresAt();
        var id = jwt.getId();
        List<String> audience = jwt.getAudience();
        boolean good = clientId.equals(jwt.getClaimAsString("iss"))
                && clientId.equals(jwt.getSubject())
                && audience != null
                && audience.stream().anyMatch(audiences::contains)
                && expires != null
                && isAlive(jwt, expires, now)
                && id != null
                && id.length() <= LONGEST_ID;
        if (good && !replays.isFirstUse(clientId, id, expires)) {
            refusals.replayed(clientId);
            good = false;
        }
        if (!good) {
            throw new BadJwtException("The claims of the assertion are not accepted.");
        }
    }

    private static boolean isAlive(Jwt jwt, Instant expires, Instant now) {
        var notBefore = jwt.getNotBefore();
        return expires.isAfter(now.minus(SKEW))
                && !expires.isAfter(now.plus(LIFETIME).plus(SKEW))
                && (notBefore == null || !notBefore.isAfter(now.plus(SKEW)));
    }
}
