package org.rapport.alert.hapi;

import org.hl7.fhir.r4.model.ObservationDefinition;
import org.rapport.alert.CriticalLimitTable;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores the limits that an installation begins with, each once: from then on they are its clinicians' to change and to
 * delete.
 */
final class DefaultLimits implements SmartLifecycle {

    private static final int PHASE = 50; // after HAPI's definitions, before anybody can write

    private final FhirStore store;
    private final JdbcClient database;
    private final TransactionOperations transaction;
    private volatile boolean running;

    DefaultLimits(FhirStore store, JdbcClient database, TransactionOperations transaction) {
        this.store = store;
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public void start() {
        CriticalLimitTable.definitions()
                .forEach(definition -> transaction.executeWithoutResult(status -> storeOnce(definition)));
        running = true;
    }

    private void storeOnce(ObservationDefinition definition) {
        var id = definition.getIdPart();
        boolean isFirst = database.sql("insert into alert_default_limit (id) values (?) on conflict do nothing")
                        .param(id)
                        .update()
                == 1;
        if (isFirst && store.current(ObservationDefinition.class, id).isEmpty()) {
            store.put(definition);
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
