package org.rapport.suspicion;

import java.time.Instant;
import java.util.Optional;
import org.rapport.audit.Agent;
import org.rapport.audit.AuditEntry;
import org.rapport.audit.AuditRow;
import org.rapport.audit.Deed;
import org.rapport.audit.Entity;
import org.rapport.audit.Interaction;

/** Makes rows of an audit log, one by one. */
final class Rows {

    private long number;

    /** A clinician reads something of a patient. */
    AuditRow read(String clinician, Instant at, String patient) {
        return row(at, clinician(clinician, "TREAT", "jti"), Interaction.READ, 200, observation(patient));
    }

    /** A clinician reads something under a token with another purpose. */
    AuditRow read(String clinician, Instant at, String patient, String purpose, String token) {
        return row(at, clinician(clinician, purpose, token), Interaction.READ, 200, observation(patient));
    }

    /** A clinician asks for something that is not there. */
    AuditRow missing(String clinician, Instant at, String id) {
        var entity = new Entity(Optional.of("Observation"), Optional.of(id), Optional.empty(), Optional.empty());
        return row(at, clinician(clinician, "TREAT", "jti"), Interaction.READ, 404, entity);
    }

    /** A clinician is refused. */
    AuditRow refused(String clinician, Instant at) {
        return row(at, clinician(clinician, "TREAT", "jti"), Interaction.SEARCH, 403, Entity.NONE);
    }

    /** A client that acts by itself reads something of a patient. */
    AuditRow byClient(String client, Instant at, String patient) {
        return row(at, Agent.client(client, "192.0.2.9"), Interaction.SEARCH, 200, observation(patient));
    }

    /** Patients read in their own record. */
    AuditRow own(String patient, Instant at) {
        var agent = new Agent(
                Optional.of(patient),
                Optional.of("app"),
                Optional.of("Patient/" + patient),
                Optional.of("198.51.100.7"));
        return row(at, agent, Interaction.READ, 200, observation(patient));
    }

    /** An act on identities. */
    AuditRow act(Deed kind, Instant at, Agent agent, int status, String object) {
        var entity = new Entity(Optional.empty(), Optional.of(object), Optional.empty(), Optional.empty());
        return row(at, agent, kind, status, entity);
    }

    private AuditRow row(Instant at, Agent agent, Deed deed, int status, Entity entity) {
        number++;
        return new AuditRow(
                number, at, new AuditEntry("request-" + number, agent, deed, status, entity, Optional.empty(), 1));
    }

    private static Agent clinician(String name, String purpose, String token) {
        return new Agent(
                Optional.of(name),
                Optional.of("ehr"),
                Optional.of("Practitioner/" + name),
                Optional.of("192.0.2.7"),
                new Agent.Authority(Optional.of(token), Optional.of(purpose)));
    }

    private static Entity observation(String patient) {
        return new Entity(Optional.of("Observation"), Optional.of("o"), Optional.of(1L), Optional.of(patient));
    }
}
