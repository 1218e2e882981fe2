package org.rapport.delivery;

import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rapport.access.Caller;
import org.rapport.changes.Change;
import org.rapport.outbound.Endpoint;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The Subscriptions in the tables of this feature, and who wrote them.
 *
 * @param database joins the transaction that runs
 */
public record Registrations(JdbcClient database) {

    private static final String COLUMNS =
            "id, version, resource_type, query, endpoint, payload, headers, author::text, ends_at";

    /** What a Subscription is that is not active. */
    enum Stopped {
        OFF,
        ERROR,
        DELETED
    }

    /** The active ones that watch one of these types. */
    List<Registration> watching(Set<String> types) {
        return types.isEmpty()
                ? List.of()
                : database.sql("select " + COLUMNS
                                + " from subscription where state = 'active' and resource_type in (:types) order by id")
                        .param("types", types)
                        .query((row, number) -> read(row))
                        .list();
    }

    /** The one of that id, if it is active. */
    Optional<Registration> active(String id) {
        return database.sql("select " + COLUMNS + " from subscription where state = 'active' and id = ?")
                .param(id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** The same, which nobody else changes until the transaction ends. */
    Optional<Registration> locked(String id) {
        return database.sql("select " + COLUMNS + " from subscription where state = 'active' and id = ? for update")
                .param(id)
                .query((row, number) -> read(row))
                .optional();
    }

    /** One that is active and whose time is over; another transaction that has it in hand keeps it. */
    Optional<Registration> ended(Instant now) {
        return database.sql("select " + COLUMNS + " from subscription where state = 'active' and ends_at <= ?"
                        + " order by ends_at limit 1 for update skip locked")
                .param(Timestamp.from(now))
                .query((row, number) -> read(row))
                .optional();
    }

    void activate(Registration registration) {
        var hook = registration.hook();
        database.sql("insert into subscription (id, version, state, resource_type, query, endpoint, payload, headers,"
                        + " author, ends_at) values (?, ?, 'active', ?, ?, ?, ?, ?, ?::jsonb, ?)"
                        + " on conflict (id) do update set version = excluded.version, state = excluded.state,"
                        + " resource_type = excluded.resource_type, query = excluded.query,"
                        + " endpoint = excluded.endpoint, payload = excluded.payload, headers = excluded.headers,"
                        + " author = excluded.author, ends_at = excluded.ends_at")
                .params(
                        registration.id(),
                        registration.version(),
                        registration.criteria().type(),
                        registration.criteria().query(),
                        hook.endpoint().uri().toString(),
                        hook.payload().orElse(null),
                        String.join("\n", hook.headers()),
                        Author.json(registration.author()),
                        registration.end().map(Timestamp::from).orElse(null))
                .update();
    }

    void stop(String id, long version, Stopped state) {
        database.sql("insert into subscription (id, version, state) values (?, ?, ?)"
                        + " on conflict (id) do update set version = excluded.version, state = excluded.state")
                .params(id, version, state.name().toLowerCase(Locale.ROOT))
                .update();
    }

    /** The number of a subscription's next event; numbers are gap-free, as they come and go with the transaction. */
    long nextEvent(String id) {
        return database.sql("update subscription set next_event = next_event + 1 where id = ? returning next_event - 1")
                .param(id)
                .query(Long.class)
                .single();
    }

    /** Keeps who wrote a version of a Subscription. */
    public void recordAuthor(String id, long version, Caller author) {
        database.sql("insert into subscription_author (subscription_id, version, author) values (?, ?, ?::jsonb)"
                        + " on conflict (subscription_id, version) do update set author = excluded.author")
                .params(id, version, Author.json(author))
                .update();
    }

    /** Who wrote a version of a Subscription; nobody when it was the server itself. */
    public Optional<Caller> author(String id, long version) {
        return database.sql("select author::text from subscription_author where subscription_id = ? and version = ?")
                .params(id, version)
                .query(String.class)
                .optional()
                .map(Author::of);
    }

    /** A version that only marks another one has its author. */
    void inheritAuthor(String id, long version, long marked) {
        database.sql("insert into subscription_author (subscription_id, version, author)"
                        + " select subscription_id, ?, author from subscription_author"
                        + " where subscription_id = ? and version = ?")
                .params(marked, id, version)
                .update();
    }

    void setAside(String id, Change change, String why) {
        database.sql("insert into subscription_set_aside (subscription_id, resource_type, resource_id, version, why)"
                        + " values (?, ?, ?, ?, left(?, 500))")
                .params(id, change.type(), change.id(), change.version(), why)
                .update();
    }

    private static Registration read(ResultSet row) throws SQLException {
        var ends = row.getTimestamp(9);
        return new Registration(
                row.getString(1),
                row.getLong(2),
                new Criteria(row.getString(3), row.getString(4)),
                new Hook(
                        new Endpoint(URI.create(row.getString(5))),
                        Optional.ofNullable(row.getString(6)),
                        Arrays.stream(row.getString(7).split("\n", -1))
                                .filter(line -> !line.isEmpty())
                                .toList()),
                Author.of(row.getString(8)),
                Optional.ofNullable(ends).map(Timestamp::toInstant));
    }
}
