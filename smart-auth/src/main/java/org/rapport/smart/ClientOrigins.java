package org.rapport.smart;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rapport.access.RegisteredOrigins;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells where the pages of enabled clients come from: the origins of their redirect URIs and those they name besides,
 * read anew every five seconds.
 *
 * <p>A loopback redirect without a port stands for every port, as at the authorization endpoint.
 */
public final class ClientOrigins implements RegisteredOrigins {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Pattern LOOPBACK_PORT = Pattern.compile("(http://(?:127\\.0\\.0\\.1|\\[::1])):\\d{1,5}");

    private final JdbcClient database;
    private final Clock clock;
    private volatile Known known = new Known(Set.of(), Set.of(), Instant.EPOCH);

    /** @param database where clients are */
    public ClientOrigins(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean isRegistered(String origin) {
        var now = clock.instant();
        if (!known.read().plus(FRESH).isAfter(now)) {
            known = read(now);
        }
        if (known.exact().contains(origin)) {
            return true;
        }
        var loopback = LOOPBACK_PORT.matcher(origin);
        return loopback.matches() && known.anyPort().contains(loopback.group(1));
    }

    private Known read(Instant now) {
        var exact = new HashSet<String>();
        var anyPort = new HashSet<String>();
        database.sql("SELECT type, redirect_uris, extra_origins FROM smart_client WHERE enabled")
                .query(ClientOrigins::client)
                .list()
                .forEach(client -> {
                    exact.addAll(client.origins());
                    if (client.onDevice()) {
                        anyPort.addAll(client.origins());
                    }
                });
        return new Known(exact, anyPort, now);
    }

    private static Client client(ResultSet row, int number) throws SQLException {
        var redirects = (String[]) row.getArray("redirect_uris").getArray();
        var others = (String[]) row.getArray("extra_origins").getArray();
        var origins = Stream.concat(Stream.of(redirects), Stream.of(others))
                .flatMap(uri -> origin(uri).stream())
                .toList();
        return new Client(row.getString("type").equals("public"), origins);
    }

    private static Optional<String> origin(String text) {
        var uri = URI.create(text);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            return Optional.empty();
        }
        boolean usualPort =
                uri.getPort() < 0 || uri.getPort() == (uri.getScheme().equals("https") ? 443 : 80);
        var origin = uri.getScheme() + "://" + uri.getHost().toLowerCase(Locale.ROOT);
        return Optional.of(usualPort ? origin : origin + ":" + uri.getPort());
    }

    private record Client(boolean onDevice, List<String> origins) {}

    private record Known(Set<String> exact, Set<String> anyPort, Instant read) {}
}
