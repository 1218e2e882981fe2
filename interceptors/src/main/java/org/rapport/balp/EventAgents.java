package org.rapport.balp;

import java.util.Optional;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.Authorization;
import org.rapport.audit.Deed;
import org.rapport.audit.Interaction;

/**
 * Names the user first, then the client, then the server.
 *
 * @param server address of the FHIR base
 */
record EventAgents(String server) {

    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String PROVENANCE = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
    private static final String REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String SECURITY_ROLE = "http://terminology.hl7.org/CodeSystem/extra-security-role-type";
    private static final Coding SOURCE = new Coding(AuditEvents.DICOM, "110153", "Source Role ID");
    private static final Coding DESTINATION = new Coding(AuditEvents.DICOM, "110152", "Destination Role ID");

    void addTo(AuditEvent event, AuditEntry entry) {
        var agent = entry.agent();
        boolean alone =
                agent.subject().equals(agent.client()) && agent.fhirUser().isEmpty();
        if (!alone) {
            addUser(event, entry);
        }
        var client = event.addAgent()
                .setRequestor(alone)
                .setType(new CodeableConcept(client(entry.deed())))
                .setWho(named(agent.client().orElse("unknown")));
        if (alone) {
            authorize(client, agent.authority());
            agent.subject().ifPresent(client::setAltId);
        }
        agent.address()
                .ifPresent(address -> client.getNetwork().setAddress(address).setType(AuditEventAgentNetworkType._2));
        event.addAgent()
                .setRequestor(false)
                .setType(new CodeableConcept(server(entry.deed())))
                .setWho(new Reference().setDisplay("Rapport"))
                .getNetwork()
                .setAddress(server)
                .setType(AuditEventAgentNetworkType._5);
    }

    private static void addUser(AuditEvent event, AuditEntry entry) {
        var agent = entry.agent();
        var user = event.addAgent()
                .setRequestor(true)
                .setType(new CodeableConcept(user(entry.deed())))
                .setWho(named(agent.subject().orElse("unknown"))
                        .setReference(agent.fhirUser().orElse(null)));
        agent.subject().ifPresent(user::setAltId);
        authorize(user, agent.authority());
    }

    private static void authorize(AuditEvent.AuditEventAgentComponent who, Agent.Authority authority) {
        authority.token().ifPresent(who::addPolicy);
        authority
                .purpose()
                .ifPresent(purpose -> who.addPurposeOfUse(new CodeableConcept(new Coding(REASON, purpose, null))));
    }

    private static Reference named(String name) {
        return new Reference().setIdentifier(new Identifier().setValue(name));
    }

    /** In a query the question is what flows. */
    private static boolean flowsToTheClient(Deed deed) {
        return deed.action().equals("R");
    }

    private static Coding client(Deed deed) {
        if (deed == Interaction.DELETE || deed instanceof Authorization) {
            return new Coding(AuditEvents.DICOM, "110150", "Application");
        }
        return flowsToTheClient(deed) ? DESTINATION : SOURCE;
    }

    private static Coding server(Deed deed) {
        if (deed instanceof Authorization) {
            return new Coding(SECURITY_ROLE, "authserver", "authorization server");
        }
        if (deed == Interaction.DELETE) {
            return new Coding(PROVENANCE, "custodian", "Custodian");
        }
        return flowsToTheClient(deed) ? SOURCE : DESTINATION;
    }

    private static Coding user(Deed deed) {
        boolean receives = Optional.of(deed.action())
                .filter(action -> action.equals("R") || action.equals("E"))
                .isPresent();
        return receives
                ? new Coding(PARTICIPATION, "IRCP", "information recipient")
                : new Coding(PARTICIPATION, "AUT", "author (originator)");
    }
}
