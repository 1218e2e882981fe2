package org.rapport.anomaly;

import java.time.ZoneOffset;
import org.rapport.suspicion.Suspicion;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps what was found, each once, and passes it on. */
public final class Findings {

    private static final int LONGEST_ACTOR = 200;

    private final JdbcClient database;
    private final FindingStore store;
    private final PrivacyOfficers officers;
    private final String base;

    /**
     * @param database joins the transaction that runs
     * @param store shows what is found
     * @param base address of the FHIR base, for the link in mails
     */
    public Findings(JdbcClient database, FindingStore store, PrivacyOfficers officers, String base) {
        this.database = database;
        this.store = store;
        this.officers = officers;
        this.base = base;
    }

    /**
     * Keeps one, in the transaction that runs.
     *
     * @return false when it was there already
     */
    public boolean add(Suspicion suspicion) {
        var key = new Object[] {
            suspicion.rule(), cut(suspicion.actor()), suspicion.since().atOffset(ZoneOffset.UTC)
        };
        boolean isNew = database.sql("insert into anomaly_finding (rule, actor, since, flag) values (?, ?, ?, '')"
                                + " on conflict do nothing")
                        .params(key)
                        .update()
                == 1;
        if (isNew) {
            var flag = store.store(suspicion);
            database.sql("update anomaly_finding set flag = ? where rule = ? and actor = ? and since = ?")
                    .param(flag)
                    .params(key)
                    .update();
            officers.tell(base + "/" + flag);
        }
        return isNew;
    }

    private static String cut(String actor) {
        return actor.length() > LONGEST_ACTOR ? actor.substring(0, LONGEST_ACTOR) : actor;
    }
}
