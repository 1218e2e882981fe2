package org.rapport.booking;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.rapport.failure.Failure;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What requests with an {@code Idempotency-Key} were answered, for 24 hours. Only what was booked is kept: a refused
 * request left nothing behind and may be tried again under its key.
 */
public final class BookingAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 255;
    private static final int SWEPT = 100;

    private final JdbcClient database;
    private final Clock clock;

    /**
     * @param database joins the transaction that books
     * @param clock says which answers are too old
     */
    public BookingAnswers(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A request as it is remembered: nothing of it can be read back.
     *
     * @param request digest of caller and key
     * @param body digest of operation and content
     */
    public record Request(String request, String body) {

        /**
         * The request of a caller.
         *
         * @param caller tells all callers apart
         * @throws BookingRefused 400 for a key that is empty or longer than 255 characters
         */
        public static Request of(String caller, String key, byte[] content) {
            if (key.isBlank() || key.length() > LONGEST_KEY) {
                throw new BookingRefused(Failure.invalid("Idempotency-Key has 1 to 255 characters"));
            }
            return new Request(digest((caller + "\n" + key).getBytes(StandardCharsets.UTF_8)), digest(content));
        }

        private static String digest(byte[] content) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java runtime has SHA-256", e);
            }
        }
    }

    /**
     * What was answered.
     *
     * @param appointment logical id
     * @param version of the Appointment
     */
    public record Answer(String appointment, long version) {}

    /**
     * The earlier answer to a request. Until the transaction ends, the same request waits here.
     *
     * @throws BookingRefused 422 when the key came with another request
     */
    public Optional<Answer> find(Request request) {
        database.sql("select pg_advisory_xact_lock(hashtextextended(?, 51))")
                .param(request.request())
                .query((row, index) -> index)
                .list();
        var kept = database.sql("select body, appointment, version from booking_answer"
                        + " where request = ? and answered_at > ?")
                .params(request.request(), oldest())
                .query((row, index) -> new Kept(row.getString(1), new Answer(row.getString(2), row.getLong(3))))
                .optional();
        if (kept.isPresent() && !kept.get().body().equals(request.body())) {
            throw BookingRefused.rule("Idempotency-Key was used for another request");
        }
        return kept.map(Kept::answer);
    }

    /** Keeps an answer and forgets some that are too old. */
    public void keep(Request request, Answer answer) {
        database.sql("delete from booking_answer where request in"
                        + " (select request from booking_answer where answered_at <= ? limit ? for update skip locked)")
                .params(oldest(), SWEPT)
                .update();
        database.sql("insert into booking_answer (request, body, appointment, version, answered_at)"
                        + " values (?, ?, ?, ?, ?) on conflict (request) do update set body = excluded.body,"
                        + " appointment = excluded.appointment, version = excluded.version,"
                        + " answered_at = excluded.answered_at")
                .params(request.request(), request.body(), answer.appointment(), answer.version(), at(clock.instant()))
                .update();
    }

    private OffsetDateTime oldest() {
        return at(clock.instant().minus(KEPT));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private record Kept(String body, Answer answer) {}
}
