package org.rapport.server.text;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.rapport.server.database.Instances;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings a stale index up to date after a start: what changed since its mark is indexed again.
 *
 * <p>That covers a new or deleted index, a process that was killed, and what other instances wrote meanwhile. The mark moves
 * only after what was indexed until then is on the disk.
 */
final class TextIndexCatchUp {

    private static final Logger LOG = LoggerFactory.getLogger(TextIndexCatchUp.class);
    private static final int PAGE = 20;
    private static final Duration PROGRESS = Duration.ofSeconds(10);

    /** Longer than any transaction lasts and any clock is off: a change may carry a time before the mark. */
    private static final Duration OVERLAP = Duration.ofMinutes(5);

    private final IndexMark mark;
    private final TextIndex indexer;
    private final JdbcClient jdbc;
    private final Instances instances;
    private final Clock clock;
    private boolean alone = true;

    TextIndexCatchUp(IndexMark mark, TextIndex indexer, JdbcClient jdbc, Clock clock) {
        this.instances = new Instances(jdbc);
        this.mark = mark;
        this.indexer = indexer;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Indexes what changed from the mark to the start, then sets the mark; ends early, between two pages, when told.
     *
     * @param started when this process began to index what it writes
     * @param goOn whether the process still wants it
     */
    void run(Instant started, BooleanSupplier goOn) {
        var stale = new Span(mark.read(), started);
        long total = count(stale);
        long last = 0;
        long done = 0;
        long told = System.nanoTime();
        List<TextIndex.Row> page = page(stale, last);
        while (!page.isEmpty() && goOn.getAsBoolean()) {
            index(page);
            last = page.get(page.size() - 1).pid();
            done += page.size();
            page = page(stale, last);
            if (page.isEmpty() || System.nanoTime() - told > PROGRESS.toNanos()) {
                LOG.info("Free-text index: {} of {} changed resources indexed", done, total);
                told = System.nanoTime();
            }
        }
        if (page.isEmpty()) {
            set(started);
        }
    }

    /** A resource that cannot be indexed is left out, so that it does not keep the others waiting. */
    private void index(List<TextIndex.Row> page) {
        try {
            indexer.index(page);
        } catch (RuntimeException someFails) {
            long failed = page.stream().filter(row -> !indexed(row)).count();
            if (failed == page.size()) {
                throw someFails;
            }
        }
    }

    private boolean indexed(TextIndex.Row row) {
        try {
            indexer.index(List.of(row));
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Free-text index: the {} in row {} cannot be indexed ({})", row.type(), row.pid(), e.toString());
            return false;
        }
    }

    /**
     * The time whose changes the index may lack.
     *
     * @param from inclusive
     * @param to exclusive
     */
    private record Span(Instant from, Instant to) {}

    /**
     * Moves the mark as long as this instance has made every write and indexed it as it happened. What another instance writes
     * is not in this index: once there was one, the mark stays, and the next start catches up from there.
     */
    void advance() {
        alone = alone && !instances.several();
        if (alone) {
            set(clock.instant());
        }
    }

    private void set(Instant moment) {
        indexer.toDisk();
        try {
            mark.write(moment.minus(OVERLAP));
        } catch (IOException e) {
            LOG.warn("The mark of the free-text index cannot be written; the next start indexes more than it needs to");
        }
    }

    private long count(Span stale) {
        return jdbc.sql("select count(*) from hfj_resource where res_updated >= ? and res_updated < ?")
                .params(Timestamp.from(stale.from()), Timestamp.from(stale.to()))
                .query(Long.class)
                .single();
    }

    private List<TextIndex.Row> page(Span stale, long after) {
        return jdbc.sql("select res_id, res_type from hfj_resource where res_updated >= ? and res_updated < ?"
                        + " and res_id > ? order by res_id limit " + PAGE)
                .params(Timestamp.from(stale.from()), Timestamp.from(stale.to()), after)
                .query((row, number) -> new TextIndex.Row(row.getLong(1), row.getString(2)))
                .list();
    }
}
