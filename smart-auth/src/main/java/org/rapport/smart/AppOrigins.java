package org.rapport.smart;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rapport.access.RegisteredOrigins;
import org.rapport.work.Causes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The web origins of all enabled clients: those of their redirect URIs and those registered besides.
 *
 * <p>They are read again after ten seconds; while the database is away those known before count.
 */
public final class AppOrigins implements RegisteredOrigins {

    private static final Logger LOG = LoggerFactory.getLogger(AppOrigins.class);
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** Where a native app listens is chosen as it starts (RFC 8252, section 7.3). */
    private static final Pattern LOOPBACK = Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1])):\\d{1,5}");

    private final JdbcClient database;
    private final Clock clock;
    private volatile Known known = new Known(Set.of(), Instant.MIN);

    private record Known(Set<String> origins, Instant readAgainAt) {}

    /** Reads the clients of a database. */
    public AppOrigins(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean isRegistered(String origin) {
        var origins = current();
        var loopback = LOOPBACK.matcher(origin);
        return origins.contains(origin) || (loopback.matches() && origins.contains(loopback.group(1)));
    }

    private Set<String> current() {
        var last = known;
        var now = clock.instant();
        if (now.isBefore(last.readAgainAt())) {
            return last.origins();
        }
        var next = new Known(readOr(last.origins()), now.plus(FRESH));
        known = next;
        return next.origins();
    }

    private Set<String> readOr(Set<String> before) {
        try {
            return read();
        } catch (DataAccessException e) {
            LOG.warn("Origins of registered apps cannot be read; those known before count ({})", Causes.of(e));
            return before;
        }
    }

    private Set<String> read() {
        return database
                .sql("SELECT DISTINCT unnest(redirect_uris || extra_origins) FROM smart_client WHERE enabled")
                .query(String.class)
                .list()
                .stream()
                .flatMap(address -> origin(address).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The origin of an address as browsers write it; empty for an address that no page can have. */
    static Optional<String> origin(String address) {
        try {
            var uri = new URI(address);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                return Optional.empty();
            }
            boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
            var host = uri.getHost().toLowerCase(Locale.ROOT);
            return Optional.of(scheme + "://" + host + (usual ? "" : ":" + uri.getPort()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
