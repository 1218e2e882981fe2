package org.rapport.signing;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rapport.masterkey.UnusableMasterKey;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys as this instance knows them: read anew every five seconds when somebody needs one, and when a token names a
 * key that is not among them, once a second at most. While the database is away the keys stay as they were.
 */
public final class KeyRing implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration BETWEEN_MISSES = Duration.ofSeconds(1);

    private final SigningKeys keys;
    private final Clock clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Held held;

    /**
     * Reads the keys.
     *
     * @param keys where at least one is
     */
    public KeyRing(SigningKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
        this.held = new Held(keys.all(), clock.instant());
    }

    /** The keys that tokens are checked with; their public parts are what the JWKS endpoint shows. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        var found = selector.select(published(FRESH));
        return found.isEmpty() ? selector.select(published(BETWEEN_MISSES)) : found;
    }

    /** The one key that tokens are signed with now. */
    public JWKSource<SecurityContext> signing() {
        return (selector, context) ->
                selector.select(new JWKSet(keys.signing(current(FRESH).keys()).key()));
    }

    private JWKSet published(Duration atMost) {
        return current(atMost).published();
    }

    /** Whoever comes while another reads goes on with what is there. */
    private Held current(Duration oldest) {
        boolean old = !held.read().plus(oldest).isAfter(clock.instant());
        if (old && reading.tryLock()) {
            try {
                held = new Held(read(), clock.instant());
            } finally {
                reading.unlock();
            }
        }
        return held;
    }

    private List<SigningKey> read() {
        try {
            var stored = keys.all();
            return stored.isEmpty() ? held.keys() : stored;
        } catch (UnusableMasterKey e) {
            LOG.error("A signing key is encrypted under a master key that this instance does not know; restart it with"
                    + " the new one");
            return held.keys();
        } catch (RuntimeException e) {
            LOG.warn("The signing keys cannot be read ({}); those known stay in use", Causes.of(e));
            return held.keys();
        }
    }

    private record Held(List<SigningKey> keys, JWKSet published, Instant read) {

        Held(List<SigningKey> keys, Instant read) {
            this(
                    keys,
                    new JWKSet(new ArrayList<JWK>(
                            keys.stream().map(SigningKey::key).toList())),
                    read);
        }
    }
}
