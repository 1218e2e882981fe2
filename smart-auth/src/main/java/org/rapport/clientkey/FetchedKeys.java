package org.rapport.clientkey;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.rapport.outbound.Endpoint;
import org.rapport.outbound.JsonDocuments.Document;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the key sets that clients publish, and keeps each for 5 to 15 minutes in memory.
 *
 * <p>However many requests come for a client, and whatever key they name, its address is asked once in a minute at most;
 * those that come meanwhile share the answer. A fetch that fails leaves what was known until that has expired.
 */
public final class FetchedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(FetchedKeys.class);
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_SETS = 1000;
    private static final int MOST_AT_ONCE = 16;

    private final AllowedKeyHosts hosts;
    private final Fetching fetching;
    private final Clock clock;
    private final Executor fetchers = fetchers();
    private final Map<String, Known> sets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_SETS;
        }
    };

    /** Fetches a document. */
    @FunctionalInterface
    public interface Fetching {

        /**
         * The document there.
         *
         * @throws IOException when it may not be fetched or does not come
         */
        Document fetch(Endpoint endpoint) throws IOException;
    }

    /**
     * @param hosts where key sets may lie
     * @param fetching fetches a document
     */
    public FetchedKeys(AllowedKeyHosts hosts, Fetching fetching, Clock clock) {
        this.hosts = hosts;
        this.fetching = fetching;
        this.clock = clock;
    }

    /** Where key sets may lie. */
    public AllowedKeyHosts hosts() {
        return hosts;
    }

    /**
     * The keys of a client, fetched when they are unknown, too old or lack the one that is asked for.
     *
     * @return empty when there are none to be had now
     */
    public Optional<JWKSet> of(String clientId, String uri, String keyId) {
        var known = known(clientId + ' ' + uri);
        known.fetchUnlessHeld(uri, keyId).ifPresent(FetchedKeys::await);
        return known.valid();
    }

    private Known known(String client) {
        synchronized (sets) {
            return sets.computeIfAbsent(client, key -> new Known());
        }
    }

    private static JWKSet parsed(Document document) throws IOException {
        try {
            return ClientKeys.parse(document.json());
        } catch (IllegalArgumentException e) {
            throw new IOException("The document is no set of fit keys.", e);
        }
    }

    private static void await(CompletableFuture<Void> fetch) {
        try {
            fetch.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("A key set did not come ({})", Causes.of(e));
        }
    }

    /** They do nothing but wait for strangers, so there may be some; they end when there is nothing to wait for. */
    private static Executor fetchers() {
        return new ThreadPoolExecutor(0, MOST_AT_ONCE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            var thread = new Thread(task, "client-keys");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static Duration kept(Document document) {
        var wished = document.maxAge().orElse(USUAL);
        if (wished.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    }

    /** What is known of one client's keys. */
    private final class Known {

        private Optional<JWKSet> keys = Optional.empty();
        private Instant expires = Instant.EPOCH;
        private Instant asked = Instant.EPOCH;
        private CompletableFuture<Void> latest = CompletableFuture.completedFuture(null);

        synchronized Optional<JWKSet> valid() {
            return keys.filter(held -> expires.isAfter(clock.instant()));
        }

        /** The fetch to wait for; none when the key is there, or when it is too early to ask again. */
        synchronized Optional<CompletableFuture<Void>> fetchUnlessHeld(String uri, String keyId) {
            boolean held =
                    valid().filter(set -> set.getKeyByKeyId(keyId) != null).isPresent();
            if (held) {
                return Optional.empty();
            }
            var now = clock.instant();
            if (latest.isDone() && !asked.plus(BETWEEN_FETCHES).isAfter(now)) {
                asked = now;
                latest = start(uri);
            }
            return Optional.of(latest).filter(fetch -> !fetch.isDone());
        }

        private CompletableFuture<Void> start(String uri) {
            try {
                return CompletableFuture.runAsync(() -> fetch(uri), fetchers);
            } catch (RejectedExecutionException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void fetch(String uri) {
            try {
                var document = fetching.fetch(hosts.endpoint(uri));
                learn(parsed(document), kept(document));
            } catch (IOException | IllegalArgumentException e) {
                LOG.info("The key set of a client could not be fetched ({})", Causes.of(e));
            }
        }

        private synchronized void learn(JWKSet fetched, Duration kept) {
            keys = Optional.of(fetched);
            expires = clock.instant().plus(kept);
        }
    }
}
