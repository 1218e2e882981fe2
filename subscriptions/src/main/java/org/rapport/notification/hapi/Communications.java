package org.rapport.notification.hapi;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.hapi.StoredResources;

/** Looks up what a mail needs to know of its Communication. */
public final class Communications {

    private final StoredResources stored;

    Communications(StoredResources stored) {
        this.stored = stored;
    }

    /** The stored Communication; empty when it is gone. */
    public Optional<Communication> find(String id) {
        return stored.current("Communication", id).map(Communication.class::cast);
    }

    /** The code of its category. */
    public Optional<String> category(String id) {
        return find(id).map(
                        found -> found.getCategoryFirstRep().getCodingFirstRep().getCode());
    }

    /** The e-mail address of its recipient as it is now; of who works in a role, that of the role before the own one. */
    public Optional<String> address(Communication communication) {
        return person(communication.getRecipientFirstRep())
                .flatMap(person -> email(person)
                        .or(() -> person instanceof PractitionerRole role
                                ? person(role.getPractitioner()).flatMap(Communications::email)
                                : Optional.empty()));
    }

    private Optional<Resource> person(Reference reference) {
        var id = new IdType(reference.getReference());
        return id.hasResourceType() && id.hasIdPart()
                ? stored.current(id.getResourceType(), id.getIdPart())
                : Optional.empty();
    }

    private static List<ContactPoint> telecom(Resource person) {
        if (person instanceof Patient patient) {
            return patient.getTelecom();
        }
        if (person instanceof Practitioner practitioner) {
            return practitioner.getTelecom();
        }
        if (person instanceof PractitionerRole role) {
            return role.getTelecom();
        }
        return person instanceof RelatedPerson related ? related.getTelecom() : List.of();
    }

    private static Optional<String> email(Resource person) {
        return telecom(person).stream()
                .filter(contact -> contact.getSystem() == ContactPointSystem.EMAIL
                        && contact.getUse() != ContactPointUse.OLD
                        && contact.hasValue())
                .map(ContactPoint::getValue)
                .findFirst();
    }
}
