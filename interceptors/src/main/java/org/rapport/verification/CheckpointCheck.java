package org.rapport.verification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rapport.chain.Chain;
import org.rapport.chain.Hash;
import org.rapport.chain.Link;
import org.rapport.checkpoint.Checkpoint;
import org.rapport.checkpoint.Checkpoint.Kind;
import org.rapport.checkpoint.CheckpointLine;
import org.rapport.checkpoint.CheckpointSigning;
import org.rapport.checkpoint.MerkleRoot;

/** Compares the chain with the checkpoints of a file, as its links come. */
final class CheckpointCheck {

    private final CheckpointSigning signing;
    private final Chain chain;
    private final Findings findings;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, List<Entry>> ending = new HashMap<>();
    private final Map<Long, List<Entry>> beginning = new HashMap<>();
    private final List<Entry> growing = new ArrayList<>();
    private final List<Seam> seams = new ArrayList<>();
    private long compared;

    /** @param from the first place whose link will come */
    CheckpointCheck(List<CheckpointLine> lines, CheckpointSigning signing, Chain chain, Findings findings, long from) {
        this.signing = signing;
        this.chain = chain;
        this.findings = findings;
        var before = Hash.NOTHING;
        for (var line : lines) {
            var entry = new Entry(line.checkpoint(), line.checkpoint().before().equals(before));
            before = line.hash();
            entries.add(entry);
            if (entry.count() >= from) {
                ending.computeIfAbsent(entry.count(), key -> new ArrayList<>()).add(entry);
            }
            if (entry.since() + 1 >= from && entry.isCheckpoint()) {
                beginning
                        .computeIfAbsent(entry.since() + 1, key -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    void accept(Link link) {
        for (var entry : beginning.getOrDefault(link.index(), List.of())) {
            entry.tree = new MerkleRoot();
            growing.add(entry);
        }
        for (var entry : growing) {
            if (entry.tree != null) {
                entry.tree.add(link.row());
            }
        }
        for (var entry : ending.getOrDefault(link.index(), List.of())) {
            compare(entry, link);
            growing.remove(entry);
        }
    }

    private void compare(Entry entry, Link link) {
        compared++;
        var extent = entry.checkpoint.extent();
        if (!isGenuine(entry)) {
            findings.add(Finding.Kind.CHECKPOINT_FORGED, entry.count());
        } else if (!link.row().equals(extent.head())
                || (entry.tree != null && !entry.tree.value().equals(extent.root()))) {
            entry.differs = true;
        }
        entry.tree = null;
    }

    private boolean isGenuine(Entry entry) {
        return entry.follows && signing.holds(entry.checkpoint);
    }

    /**
     * Judges what is known by now.
     *
     * @param end the last place of the chain; empty when its end has not been reached
     */
    void finish(Optional<Long> end) {
        for (int at = 0; at < entries.size(); at++) {
            var entry = entries.get(at);
            boolean beyond = end.isPresent() && entry.count() > end.get();
            if (beyond && !isGenuine(entry)) {
                findings.add(Finding.Kind.CHECKPOINT_FORGED, entry.count());
            } else if ((entry.differs || beyond) && !isExcused(at)) {
                findings.add(
                        beyond
                                ? new Finding(Finding.Kind.TRUNCATED, end.get() + 1, entry.count())
                                : new Finding(Finding.Kind.CHECKPOINT_DIFFERS, entry.count(), entry.count()));
            }
        }
    }

    /** Whether somebody stated a restore after it, and nothing between the two stands in the chain. */
    private boolean isExcused(int place) {
        for (int at = place + 1; at < entries.size(); at++) {
            var entry = entries.get(at);
            if (standsInTheChain(entry)) {
                if (!entry.isCheckpoint() && isGenuine(entry)) {
                    addSeam(place, entry);
                    return true;
                }
                return false;
            }
        }
        return false;
    }

    private boolean standsInTheChain(Entry entry) {
        return !entry.differs
                && chain.at(entry.count())
                        .filter(link ->
                                link.row().equals(entry.checkpoint.extent().head()))
                        .isPresent();
    }

    private void addSeam(int place, Entry reseal) {
        long lost = entries.get(place).count();
        var seam = new Seam(
                place == 0 ? 0 : entries.get(place - 1).count(),
                lost,
                reseal.checkpoint.time(),
                reseal.checkpoint.note());
        if (!seams.isEmpty() && seams.get(seams.size() - 1).time().equals(seam.time())) {
            var first = seams.remove(seams.size() - 1);
            seams.add(new Seam(first.after(), Math.max(first.lost(), lost), seam.time(), seam.note()));
        } else {
            seams.add(seam);
        }
    }

    List<Seam> seams() {
        return seams;
    }

    long compared() {
        return compared;
    }

    private static final class Entry {

        private final Checkpoint checkpoint;
        private final boolean follows;
        private @Nullable MerkleRoot tree;
        private boolean differs;

        Entry(Checkpoint checkpoint, boolean follows) {
            this.checkpoint = checkpoint;
            this.follows = follows;
        }

        long count() {
            return checkpoint.extent().count();
        }

        long since() {
            return checkpoint.extent().since();
        }

        boolean isCheckpoint() {
            return checkpoint.kind() == Kind.CHECKPOINT;
        }
    }
}
