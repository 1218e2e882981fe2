package org.rapport.booking;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.InstantType;
import org.rapport.ig.GuideExtension;

/** When a hold ends by itself, as the Appointment carries it. */
final class HoldExpiry {

    private static final String URL = GuideExtension.HOLD_EXPIRES.canonical();

    private HoldExpiry() {}

    /** Empty for an Appointment that waits for somebody, however long. */
    static Optional<Instant> of(Appointment appointment) {
        var extension = appointment.getExtensionByUrl(URL);
        return extension != null && extension.getValue() instanceof InstantType expires && expires.hasValue()
                ? Optional.of(expires.getValue().toInstant())
                : Optional.empty();
    }

    static void set(Appointment appointment, Instant expires) {
        remove(appointment);
        appointment.addExtension(URL, new InstantType(Date.from(expires)));
    }

    static void remove(Appointment appointment) {
        appointment.getExtension().removeIf(extension -> URL.equals(extension.getUrl()));
    }
}
