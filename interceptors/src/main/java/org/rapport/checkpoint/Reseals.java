package org.rapport.checkpoint;

import java.util.Optional;
import org.rapport.audit.Agent;
import org.rapport.audit.SecurityEvent;
import org.rapport.audit.SecurityLog;
import org.rapport.chain.Chain;
import org.rapport.chain.Hash;
import org.rapport.chain.Link;
import org.rapport.checkpoint.Checkpoint.Extent;
import org.rapport.checkpoint.Checkpoint.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Statements of people that the database was restored from a backup and that the chain goes on from where it is. They stand in
 * the database, signed, so that every instance takes them over into its file.
 */
public final class Reseals {

    private final Place place;
    private final Chain chain;
    private final CheckpointSigning signing;
    private final SecurityLog log;

    /**
     * Where they are.
     *
     * @param transaction for who adds one
     */
    public record Place(JdbcClient database, TransactionOperations transaction) {}

    /** @param log tells who has said so */
    public Reseals(Place place, Chain chain, CheckpointSigning signing, SecurityLog log) {
        this.place = place;
        this.chain = chain;
        this.signing = signing;
        this.log = log;
    }

    /**
     * States that the chain goes on from its last row.
     *
     * @param reason of the restore
     * @param by who says so
     * @return the place of that row; 0 when the chain is empty
     */
    public long reseal(String reason, Agent by) {
        Long count = place.transaction().execute(status -> {
            chain.lock();
            long last = chain.head().map(Link::index).orElse(0L);
            var head = chain.head().map(Link::row).orElse(Hash.NOTHING);
            var statement = signing.sign(
                    Kind.RESEAL,
                    new Extent(last, last, head, Hash.NOTHING),
                    by.subject().orElse("unknown") + ": " + reason,
                    Hash.NOTHING);
            place.database()
                    .sql("insert into audit_reseal (statement) values (?)")
                    .param(statement.line())
                    .update();
            log.record(SecurityEvent.succeeded(SecurityEvent.Kind.AUDIT_RESEALED, by, "audit-chain:" + last, reason));
            return last;
        });
        return count == null ? 0 : count;
    }

    /** The last of them that this server has signed. */
    Optional<Checkpoint> latest() {
        return place.database()
                .sql("select statement from audit_reseal order by number desc limit 1")
                .query(String.class)
                .optional()
                .flatMap(CheckpointLine::parse)
                .map(CheckpointLine::checkpoint)
                .filter(statement -> statement.kind() == Kind.RESEAL && signing.holds(statement));
    }
}
