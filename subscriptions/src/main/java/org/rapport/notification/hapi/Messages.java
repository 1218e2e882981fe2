package org.rapport.notification.hapi;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.rapport.access.hapi.StoredResources;
import org.rapport.ig.Guide;
import org.rapport.labelling.Labelling;
import org.rapport.outbox.Letter;
import org.rapport.outbox.Outbox;

/** Keeps each message as a Communication and puts it into the outbox, in one transaction. */
public final class Messages {

    private static final String KEY_SYSTEM = Guide.CANONICAL + "/message-key";
    private static final String CATEGORY = "http://terminology.hl7.org/CodeSystem/communication-category";
    private static final String MEDIUM = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode";

    private final DaoRegistry daos;
    private final Outbox mails;
    private final Clock clock;

    Messages(DaoRegistry daos, Outbox mails, Clock clock) {
        this.daos = daos;
        this.mails = mails;
        this.clock = clock;
    }

    /**
     * A message to one person.
     *
     * @param key makes it unique among all messages
     * @param category code of communication-category: reminder, alert
     * @param patient reference of the patient it is about
     * @param recipient reference of the person who gets it
     * @param basedOn reference of what asked for it, such as a CommunicationRequest
     * @param about reference of what it is about, such as an Appointment
     * @param text what the record says was told
     */
    public record Draft(
            String key,
            String category,
            String patient,
            String recipient,
            Optional<String> basedOn,
            String about,
            String text) {}

    /** Keeps the message and has it sent once the running transaction has committed. */
    public void send(Draft draft) {
        send(draft, communication(draft));
    }

    /** The same for a message that tells of a resource, whose labels it gets. */
    void send(Draft draft, Resource told) {
        var communication = communication(draft);
        Labelling.inherit(told, communication);
        send(draft, communication);
    }

    private void send(Draft draft, Communication communication) {
        var id = daos.getResourceDao(Communication.class)
                .create(communication, new SystemRequestDetails())
                .getId()
                .getIdPart();
        mails.put(new Letter(draft.key(), Optional.empty(), id, clock.instant()));
    }

    private static Communication communication(Draft draft) {
        var communication = new Communication()
                .setStatus(CommunicationStatus.INPROGRESS)
                .addCategory(concept(CATEGORY, draft.category()))
                .addMedium(concept(MEDIUM, "EMAILWRIT"))
                .setSubject(new Reference(draft.patient()))
                .addRecipient(new Reference(draft.recipient()))
                .addAbout(new Reference(draft.about()))
                .addIdentifier(new Identifier().setSystem(KEY_SYSTEM).setValue(draft.key()));
        draft.basedOn().ifPresent(request -> communication.addBasedOn(new Reference(request)));
        communication.addPayload().setContent(new StringType(draft.text()));
        return communication;
    }

    /** Notes that a message has left the house. */
    public void sent(String communication) {
        end(communication, CommunicationStatus.COMPLETED, Optional.empty());
    }

    /** Notes that a message will not be sent. */
    public void notSent(String communication, String why) {
        end(communication, CommunicationStatus.NOTDONE, Optional.of(why));
    }

    private void end(String id, CommunicationStatus status, Optional<String> why) {
        StoredResources.within(daos).current("Communication", id).ifPresent(stored -> {
            var communication = ((Communication) stored).setStatus(status);
            if (status == CommunicationStatus.COMPLETED) {
                communication.setSent(Date.from(clock.instant()));
            }
            why.ifPresent(reason -> communication.setStatusReason(new CodeableConcept().setText(reason)));
            daos.getResourceDao(Communication.class).update(communication, new SystemRequestDetails());
        });
    }

    private static CodeableConcept concept(String system, String code) {
        return new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
    }
}
