package org.rapport.consent.hapi;

import java.time.Clock;
import java.util.Set;
import org.rapport.access.Caller;
import org.rapport.access.Consents;
import org.rapport.access.Relations;
import org.rapport.consent.Use.House;
import org.rapport.consent.fhir.ResourceReader;
import org.rapport.labelling.Labelling;

/**
 * Asks the consents that are stored.
 *
 * @param ground what every request is judged on
 * @param clock says what the present is
 */
record ConsentsOnFile(Ground ground, Clock clock) implements Consents {

    /**
     * What every request is judged on.
     *
     * @param kept the consents
     * @param reader reads what they are about
     * @param labelling labels what is written
     * @param house what the organization has laid down
     * @param withheld labels of what a law keeps from patients and those who act for them
     */
    record Ground(KeptConsents kept, ResourceReader reader, Labelling labelling, House house, Set<String> withheld) {}

    @Override
    public Asked by(Caller caller, Relations relations, Stage stage) {
        return new AskedConsents(
                ground, Asker.of(caller, relations), ground.kept().now(stage), clock.instant());
    }
}
