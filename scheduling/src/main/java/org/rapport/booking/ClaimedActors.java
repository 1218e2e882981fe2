package org.rapport.booking;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.access.PublicOrigin;

/**
 * Tells whose time an Appointment takes: that of its practitioners and devices, each of which can only be in one place.
 *
 * <p>A Location takes part without a claim, because it is often a whole building in which several practitioners work. A
 * patient may be wanted in two places; that is for people to sort out. A role stands for the practitioner in it: one
 * human, one calendar.
 *
 * @param origin a reference to this server may be written in full
 * @param practitionerIn the practitioner in a role of this server, by its logical id
 */
public record ClaimedActors(PublicOrigin origin, Function<String, Optional<Reference>> practitionerIn) {

    private static final Set<String> EXCLUSIVE = Set.of("Practitioner", "Device");

    /** The actor to claim, as a relative reference; empty for one that is not claimed, or not of this server. */
    public Optional<String> of(Reference reference) {
        var id = new IdType(reference.getReference());
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase());
        if (!here || !id.hasIdPart() || !id.hasResourceType()) {
            return Optional.empty();
        }
        if (id.getResourceType().equals("PractitionerRole")) {
            return practitionerIn
                    .apply(id.getIdPart())
                    .filter(practitioner -> !practitioner.getReference().contains("PractitionerRole/"))
                    .flatMap(this::of);
        }
        return EXCLUSIVE.contains(id.getResourceType())
                ? Optional.of(id.getResourceType() + "/" + id.getIdPart())
                : Optional.empty();
    }
}
