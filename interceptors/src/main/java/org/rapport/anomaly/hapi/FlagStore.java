package org.rapport.anomaly.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Clock;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.rapport.access.AccessRules;
import org.rapport.access.hapi.StoredResources;
import org.rapport.anomaly.FindingStore;
import org.rapport.suspicion.Suspicion;

/**
 * Shows a finding as an active Flag on the practitioner whom it is about; others are named by identifier. What has to be
 * looked into gets a Task besides. Neither is ever tied to the record of a patient, where the one whom it is about could see it.
 */
final class FlagStore implements FindingStore {

    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/flag-category";

    private final DaoRegistry daos;
    private final StoredResources stored;
    private final Clock clock;

    FlagStore(DaoRegistry daos, Clock clock) {
        this.daos = daos;
        this.clock = clock;
        this.stored = StoredResources.within(daos);
    }

    @Override
    public String store(Suspicion suspicion) {
        var flag = flag(suspicion);
        var created = daos.getResourceDao(Flag.class).create(flag, new SystemRequestDetails());
        var reference = "Flag/" + created.getId().getIdPart();
        if (suspicion.needsReview()) {
            daos.getResourceDao(Task.class)
                    .create(ReviewTask.of(flag, reference, clock.instant()), new SystemRequestDetails());
        }
        return reference;
    }

    private Flag flag(Suspicion suspicion) {
        var flag = new Flag()
                .setStatus(Flag.FlagStatus.ACTIVE)
                .addCategory(new CodeableConcept(new Coding(CATEGORY, "admin", "Administrative")))
                .setCode(new CodeableConcept().setText(suspicion.rule() + ": " + suspicion.what()))
                .setSubject(subject(suspicion));
        flag.addIdentifier(
                new Identifier().setSystem(AccessRules.FINDINGS).setValue(suspicion.rule() + "/" + suspicion.since()));
        flag.getPeriod().setStart(Date.from(suspicion.since()));
        return flag;
    }

    private Reference subject(Suspicion suspicion) {
        return suspicion
                .fhirUser()
                .filter(user -> user.startsWith("Practitioner/"))
                .filter(user -> stored.current("Practitioner", new IdType(user).getIdPart())
                        .isPresent())
                .map(Reference::new)
                .orElseGet(() -> new Reference().setIdentifier(new Identifier().setValue(suspicion.actor())));
    }
}
