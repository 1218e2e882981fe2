package org.rapport.booking.hapi;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;

/**
 * The visit that somebody asks for.
 *
 * @param stored logical id of the Appointment that it is already; empty for a new one
 * @param about what it is about, as far as the caller says
 * @param patient relative reference; empty when the stored Appointment has it
 */
record Wish(Optional<String> stored, Appointment about, Optional<Reference> patient) {

    /** Logical ids of the slots that are named: by reference, or as the contained slots of an answer to {@code $find}. */
    List<String> slots() {
        return slotsOf(about);
    }

    static List<String> slotsOf(Appointment appointment) {
        return appointment.getSlot().stream()
                .map(Reference::getReference)
                .filter(reference -> reference != null && !reference.isBlank())
                .map(reference ->
                        reference.startsWith("#") ? reference.substring(1) : new IdType(reference).getIdPart())
                .filter(id -> id != null && !id.isBlank())
                .distinct()
                .toList();
    }
}
