package org.rapport.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Hash;
import org.rapport.chain.Link;
import org.rapport.chain.LogRow;
import org.rapport.verification.Finding.Kind;

/** Checks link by link. A broken link is named by itself; the one after it need not follow what nobody knows. */
final class ChainCheck {

    /** Longer than a transaction stays open. */
    private static final Duration LATE = Duration.ofMinutes(15);

    private final ChainKeys keys;
    private final Findings findings;
    private final Map<Integer, Optional<ChainKeys.Epoch>> epochs = new HashMap<>();
    private Optional<Hash> previous;
    private Instant latest = Instant.MIN;
    private long expected;

    /** @param before the link before the first one; empty at the beginning of the chain */
    ChainCheck(ChainKeys keys, Findings findings, Optional<Link> before) {
        this.keys = keys;
        this.findings = findings;
        expected = before.map(Link::index).orElse(0L) + 1;
        previous = Optional.of(before.map(Link::row).orElse(Hash.NOTHING));
        before.ifPresent(link -> latest = link.recorded());
    }

    void accept(Chain.Pair pair) {
        var link = pair.link();
        if (link.index() > expected) {
            findings.add(new Finding(Kind.GAP, expected, link.index() - 1));
            previous = Optional.empty();
        }
        if (isIntact(link)) {
            problem(pair).ifPresent(kind -> findings.add(kind, link.index()));
            previous = Optional.of(link.row());
        } else {
            previous = Optional.empty();
        }
        if (pair.log().filter(LogRow::late).isEmpty()) {
            checkTime(link);
        }
        expected = link.index() + 1;
    }

    private boolean isIntact(Link link) {
        var key = epochs.computeIfAbsent(link.epoch(), keys::of);
        if (key.isEmpty()) {
            findings.add(Kind.KEY_UNKNOWN, link.index());
            return false;
        }
        boolean intact = Link.hash(key.get(), link.previous(), link.payload(), link.index())
                .equals(link.row());
        if (!intact) {
            findings.add(Kind.LINK_CHANGED, link.index());
        }
        return intact;
    }

    private Optional<Kind> problem(Chain.Pair pair) {
        var link = pair.link();
        if (pair.log().isEmpty()) {
            return Optional.of(Kind.ROW_MISSING);
        }
        if (!pair.log().get().payload().equals(link.payload())) {
            return Optional.of(Kind.ROW_CHANGED);
        }
        return previous.isEmpty() || previous.get().equals(link.previous())
                ? Optional.empty()
                : Optional.of(Kind.LINK_CHANGED);
    }

    private void checkTime(Link link) {
        if (link.recorded().isBefore(latest) && link.recorded().plus(LATE).isBefore(latest)) {
            findings.add(Kind.BACK_DATED, link.index());
        }
        if (link.recorded().isAfter(latest)) {
            latest = link.recorded();
        }
    }
}
