package org.rapport.booking.hapi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.access.PublicOrigin;
import org.rapport.booking.Opening;
import org.rapport.failure.hapi.FailureException;
import org.rapport.ig.GuideExtension;

/**
 * Writes the answers of the operations.
 *
 * @param origin where the answers say they come from
 */
record Answers(PublicOrigin origin) {

    /** The openings, none of which is stored. */
    Bundle openings(List<Opening> openings) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(openings.size());
        openings.forEach(opening -> {
            var name = opening.slot().getIdPart().getBytes(StandardCharsets.UTF_8);
            add(bundle, "urn:uuid:" + UUID.nameUUIDFromBytes(name), opening.proposed());
        });
        return bundle;
    }

    /** One Appointment, which is stored. */
    Bundle appointment(Appointment appointment) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(1);
        add(bundle, origin.fhirBase() + "/Appointment/" + appointment.getIdPart(), appointment);
        return bundle;
    }

    /** Adds to a refusal what could be had instead: in words, and as the Slot. */
    static FailureException withAlternatives(FailureException refusal, List<Opening> alternatives) {
        if (refusal.getOperationOutcome() instanceof OperationOutcome outcome) {
            alternatives.forEach(opening -> outcome.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics(
                            "Free from " + opening.slot().getStartElement().getValueAsString() + " to "
                                    + opening.slot().getEndElement().getValueAsString())
                    .addExtension(
                            GuideExtension.ALTERNATIVE_SLOT.canonical(),
                            new Reference("Slot/" + opening.slot().getIdPart())));
        }
        return refusal;
    }

    private static void add(Bundle bundle, String url, Appointment appointment) {
        bundle.addEntry().setFullUrl(url).setResource(appointment).getSearch().setMode(SearchEntryMode.MATCH);
    }
}
