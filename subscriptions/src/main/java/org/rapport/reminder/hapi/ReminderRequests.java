package org.rapport.reminder.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.access.hapi.StoredResources;
import org.rapport.ig.Guide;
import org.rapport.reminder.Reminder;

/** Shows each planned reminder as a CommunicationRequest. */
final class ReminderRequests {

    private static final String KEY_SYSTEM = Guide.CANONICAL + "/reminder-key";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category";

    private final DaoRegistry daos;

    ReminderRequests(DaoRegistry daos) {
        this.daos = daos;
    }

    /** Makes one and returns its logical id. */
    String create(Reminder reminder) {
        var patient = "Patient/" + reminder.patient();
        var request = new CommunicationRequest()
                .setStatus(CommunicationRequestStatus.ACTIVE)
                .addCategory(new CodeableConcept()
                        .addCoding(new Coding().setSystem(CATEGORY).setCode("reminder")))
                .setSubject(new Reference(patient))
                .addRecipient(new Reference(patient))
                .addAbout(new Reference("Appointment/" + reminder.appointment()))
                .setOccurrence(new DateTimeType(Date.from(reminder.due())))
                .addIdentifier(new Identifier().setSystem(KEY_SYSTEM).setValue(reminder.key()));
        return daos.getResourceDao(CommunicationRequest.class)
                .create(request, new SystemRequestDetails())
                .getId()
                .getIdPart();
    }

    /** Notes that it is not wanted any more. */
    void revoke(String id) {
        settle(id, CommunicationRequestStatus.REVOKED);
    }

    /** Notes that its message is on the way. */
    void complete(String id) {
        settle(id, CommunicationRequestStatus.COMPLETED);
    }

    private void settle(String id, CommunicationRequestStatus status) {
        StoredResources.within(daos)
                .current("CommunicationRequest", id)
                .ifPresent(found -> daos.getResourceDao(CommunicationRequest.class)
                        .update(((CommunicationRequest) found).setStatus(status), new SystemRequestDetails()));
    }
}
