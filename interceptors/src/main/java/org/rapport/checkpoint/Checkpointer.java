package org.rapport.checkpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.rapport.chain.Chain;
import org.rapport.chain.Hash;
import org.rapport.chain.Link;
import org.rapport.checkpoint.Checkpoint.Extent;
import org.rapport.checkpoint.Checkpoint.Kind;
import org.rapport.work.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a checkpoint every minute in which something was chained, and after 10,000 rows at the latest. Each instance does so
 * in its own file.
 *
 * <p>When the chain is not the one that the last checkpoint speaks of, there are no more until somebody who may has said
 * that the database was restored.
 */
public final class Checkpointer implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_ROWS = 10_000;

    private final Chain chain;
    private final CheckpointFile file;
    private final CheckpointSigning signing;
    private final Reseals reseals;
    private final Clock clock;
    private Instant complained = Instant.EPOCH;

    /** @param reseals what is taken over into the file */
    public Checkpointer(Chain chain, CheckpointFile file, CheckpointSigning signing, Reseals reseals, Clock clock) {
        this.chain = chain;
        this.file = file;
        this.signing = signing;
        this.reseals = reseals;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit-checkpoint";
    }

    @Override
    public String topic() {
        return "audit-checkpoint";
    }

    @Override
    public Step step() {
        long head = chain.head().map(Link::index).orElse(0L);
        var last = file.last();
        if (head == count(last) || !due(last, head)) {
            return Step.IDLE;
        }
        file.append(this::next);
        return head - count(file.last()) >= MOST_ROWS
                        && file.last().isPresent()
                        && !file.last().equals(last)
                ? Step.MORE
                : Step.IDLE;
    }

    private boolean due(Optional<CheckpointLine> last, long head) {
        return last.map(line -> head < line.checkpoint().extent().count()
                        || head - line.checkpoint().extent().count() >= MOST_ROWS
                        || !Duration.between(line.checkpoint().time(), clock.instant())
                                .abs()
                                .minus(MINUTE)
                                .isNegative())
                .orElse(true);
    }

    private Optional<Checkpoint> next(Optional<CheckpointLine> last) {
        var before = last.map(CheckpointLine::hash).orElse(Hash.NOTHING);
        if (last.isPresent() && !isInTheChain(last.get().checkpoint())) {
            return resealed(last.get(), before);
        }
        long since = count(last);
        var hashes = chain.hashes(since, since + MOST_ROWS);
        if (hashes.isEmpty()) {
            return Optional.empty();
        }
        long count = since + hashes.size();
        var head = hashes.get(hashes.size() - 1);
        if (chain.at(count).filter(link -> link.row().equals(head)).isEmpty()) {
            complain("has a gap after row " + since);
            return Optional.empty();
        }
        return Optional.of(
                signing.sign(Kind.CHECKPOINT, new Extent(since, count, head, MerkleRoot.of(hashes)), "", before));
    }

    /** Takes a statement over that is younger than the last line and speaks of the chain as it is. */
    private Optional<Checkpoint> resealed(CheckpointLine last, Hash before) {
        var statement = reseals.latest()
                .filter(each -> each.time().isAfter(last.checkpoint().time()))
                .filter(this::isInTheChain);
        if (statement.isEmpty()) {
            complain("does not hold what the checkpoint of " + last.checkpoint().time() + " says of row "
                    + last.checkpoint().extent().count());
        }
        return statement.map(each -> signing.sign(Kind.RESEAL, each.extent(), each.note(), before));
    }

    private boolean isInTheChain(Checkpoint checkpoint) {
        var extent = checkpoint.extent();
        return extent.count() == 0
                || chain.at(extent.count())
                        .filter(link -> link.row().equals(extent.head()))
                        .isPresent();
    }

    private void complain(String what) {
        var now = clock.instant();
        if (!now.isBefore(complained.plus(MINUTE))) {
            complained = now;
            LOG.error(
                    "The audit chain {}: rows were removed, or the database was restored from a backup. Run"
                            + " AuditEvent/$verify; after a restore, AuditEvent/$reseal",
                    what);
        }
    }

    private static long count(Optional<CheckpointLine> line) {
        return line.map(each -> each.checkpoint().extent().count()).orElse(0L);
    }
}
