package org.rapport.product;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.rapport.harness.FhirSession;
import org.rapport.harness.Ledger;
import org.rapport.harness.ServerUnreachable;

/** A client that creates patients as fast as it is answered, one by one and in transactions, and keeps books. */
final class PatientStream implements Runnable {

    private static final int CREATES_BETWEEN_TRANSACTIONS = 5;
    private static final int TRANSACTION_SIZE = 100;

    private final String name;
    private final FhirSession fhir;
    private final Ledger ledger;
    private final AtomicBoolean goesOn = new AtomicBoolean(true);

    PatientStream(String name, FhirSession fhir, Ledger ledger) {
        this.name = name;
        this.fhir = fhir;
        this.ledger = ledger;
    }

    /** Sends until it is told to stop or gets no answer. */
    @Override
    public void run() {
        for (int number = 0; goesOn.get(); number++) {
            var key = name + "-" + number;
            goesOn.compareAndSet(
                    true, number % (CREATES_BETWEEN_TRANSACTIONS + 1) == 0 ? sendTransaction(key) : sendOne(key));
        }
    }

    void stop() {
        goesOn.set(false);
    }

    private boolean sendOne(String key) {
        ledger.attempt(key, List.of(key));
        return send(key, "Patient", TestPatients.identified(key));
    }

    private boolean sendTransaction(String key) {
        var items = IntStream.range(0, TRANSACTION_SIZE)
                .mapToObj(index -> key + "/" + index)
                .toList();
        ledger.attempt(key, items);
        return send(
                key,
                "",
                TestPatients.transaction(
                        items.stream().map(TestPatients::identified).toList()));
    }

    private boolean send(String key, String path, String body) {
        try {
            int status = fhir.post(path, body).statusCode();
            if (status / 100 == 2) {
                ledger.acknowledged(key);
            } else if (status / 100 == 4) {
                ledger.refused(key);
            }
            return true;
        } catch (ServerUnreachable unknown) {
            return false;
        }
    }
}
