package org.rapport.verification;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.rapport.chain.Chain;
import org.rapport.chain.ChainKeys;
import org.rapport.chain.Link;
import org.rapport.checkpoint.CheckpointFile;
import org.rapport.checkpoint.CheckpointSigning;

/**
 * Reads the chain from one place to another, page by page and in no transaction, and compares it with the log, the keys and
 * the checkpoints of this instance.
 */
public final class ChainVerifier {

    private static final int PAGE = 5_000;

    private final Chain chain;
    private final ChainKeys keys;
    private final CheckpointFile file;
    private final CheckpointSigning signing;
    private final LogCoverage coverage;

    /** @param file the checkpoints to compare with */
    public ChainVerifier(
            Chain chain, ChainKeys keys, CheckpointFile file, CheckpointSigning signing, LogCoverage coverage) {
        this.chain = chain;
        this.keys = keys;
        this.file = file;
        this.signing = signing;
        this.coverage = coverage;
    }

    /**
     * Which places are checked.
     *
     * @param from the first, from 1
     * @param until the last; {@link Long#MAX_VALUE} for the end of the chain
     */
    public record Span(long from, long until) {

        /** All of them. */
        public static final Span EVERYTHING = new Span(1, Long.MAX_VALUE);

        boolean reachesTheEnd() {
            return until == Long.MAX_VALUE;
        }
    }

    /** The places of rows that were recorded within a time, both ends included. */
    public Span span(Optional<Instant> start, Optional<Instant> end) {
        return new Span(
                start.flatMap(moment -> place("min", ">=", moment)).orElse(1L),
                end.map(moment -> place("max", "<=", moment).orElse(0L)).orElse(Long.MAX_VALUE));
    }

    private Optional<Long> place(String extreme, String comparison, Instant moment) {
        return Optional.ofNullable(chain.database()
                .queryForObject(
                        "select " + extreme + "(chain_index) from audit_chain where recorded " + comparison + " ?",
                        Long.class,
                        moment.atOffset(ZoneOffset.UTC)));
    }

    /**
     * Checks a span.
     *
     * @param timeLeft asked after each page; when it says no, the result names where to go on
     */
    public Verification verify(Span span, BooleanSupplier timeLeft) {
        var findings = new Findings();
        var before = chain.at(span.from() - 1);
        var links = new ChainCheck(keys, findings, before);
        var checkpoints = new CheckpointCheck(file.lines(), signing, chain, findings, span.from());
        long next = span.from();
        long covered = before.map(Link::number).orElse(Long.MIN_VALUE);
        long checked = 0;
        boolean ended = false;
        while (!ended && (checked == 0 || (timeLeft.getAsBoolean() && !findings.full()))) {
            var page = page(next, span.until());
            for (var pair : page) {
                links.accept(pair);
                checkpoints.accept(pair.link());
            }
            checked += page.size();
            ended = page.size() < PAGE;
            long last = ended && span.reachesTheEnd() ? Long.MAX_VALUE : highest(page, covered);
            addUnchained(findings, covered, last);
            covered = last;
            next = page.isEmpty() ? next : page.get(page.size() - 1).link().index() + 1;
        }
        checkpoints.finish(ended && span.reachesTheEnd() ? Optional.of(next - 1) : Optional.empty());
        return new Verification(
                checked,
                checkpoints.compared(),
                ended ? Optional.empty() : Optional.of(next),
                findings.all(),
                checkpoints.seams());
    }

    private List<Chain.Pair> page(long from, long until) {
        return chain.pairs(from, PAGE).stream()
                .filter(pair -> pair.link().index() <= until)
                .toList();
    }

    private static long highest(List<Chain.Pair> page, long least) {
        return page.stream().mapToLong(pair -> pair.link().number()).reduce(least, Math::max);
    }

    private void addUnchained(Findings findings, long after, long until) {
        if (until > after) {
            coverage.gaps(after, until).forEach(number -> findings.add(Finding.Kind.UNCHAINED, number));
        }
    }
}
