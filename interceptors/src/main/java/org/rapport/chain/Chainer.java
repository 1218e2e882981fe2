package org.rapport.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rapport.work.Work;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Chains what was committed to the audit log: once a second, and page after page while more waits than one holds. Every
 * instance does it, one at a time. To chain more often would cost each request its share of a transaction and of a flush; a
 * row that is not chained yet is guarded by the database alone.
 */
public final class Chainer implements Work {

    private static final int PAGE = 2_000;

    private final Chain chain;
    private final ChainKeys keys;
    private final TransactionOperations transaction;
    private final Duration keyLife;

    /**
     * @param transaction runs a page
     * @param keyLife how long the keys of an epoch are used
     */
    public Chainer(Chain chain, ChainKeys keys, TransactionOperations transaction, Duration keyLife) {
        this.chain = chain;
        this.keys = keys;
        this.transaction = transaction;
        this.keyLife = keyLife;
    }

    /** Makes the first keys; while another instance does, this one waits. */
    public void prepare() {
        transaction.executeWithoutResult(status -> {
            chain.lock();
            keys.prepare();
        });
    }

    /** Begins a new epoch of keys. */
    public void rotateKeys() {
        transaction.executeWithoutResult(status -> {
            chain.lock();
            keys.rotate();
        });
    }

    @Override
    public String name() {
        return "audit-chain";
    }

    @Override
    public String topic() {
        return "audit-chain";
    }

    @Override
    public Step step() {
        int chained = Objects.requireNonNull(transaction.execute(status -> chain.claim() ? chainPage() : 0));
        return chained == PAGE ? Step.MORE : Step.IDLE;
    }

    private int chainPage() {
        var cursor = chain.cursor();
        var page = chain.next(cursor, PAGE);
        if (page.isEmpty()) {
            if (cursor.fromElsewhere()) {
                chain.move(0, 0);
            }
            return 0;
        }
        keys.rotateAfter(keyLife);
        chain.append(links(page));
        var last = page.get(page.size() - 1);
        chain.move(last.transaction(), last.log().number());
        return page.size();
    }

    private List<Link> links(List<Chain.Next> page) {
        var key = keys.newest();
        var head = chain.head();
        long index = head.map(Link::index).orElse(0L);
        var previous = head.map(Link::row).orElse(Hash.NOTHING);
        var links = new ArrayList<Link>();
        for (var row : page) {
            if (!row.chained()) {
                index++;
                var link = Link.of(row.log(), index, previous, key);
                links.add(link);
                previous = link.row();
            }
        }
        return links;
    }
}
