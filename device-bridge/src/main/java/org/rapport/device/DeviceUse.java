package org.rapport.device;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.DeviceUseStatement;
import org.hl7.fhir.r4.model.DeviceUseStatement.DeviceUseStatementStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;

/**
 * Whose device it was at a moment.
 *
 * <p>R4 has the history of a device in DeviceUseStatements; {@code Device.patient} is the present and counts only for a
 * device without any history. Two patients at one moment are none.
 *
 * @param device the device as it is now; empty when there is none
 * @param statements all that is stated about its use
 */
public record DeviceUse(Optional<Device> device, List<DeviceUseStatement> statements) {

    private static final Set<DeviceUseStatementStatus> NEVER_USED =
            Set.of(DeviceUseStatementStatus.ENTEREDINERROR, DeviceUseStatementStatus.INTENDED);

    /** Keeps its own copy of the statements. */
    public DeviceUse {
        statements = List.copyOf(statements);
    }

    /** The id of the patient who used it then; empty when nobody did, or when it cannot be told. */
    public Optional<String> patientAt(Instant moment) {
        if (device.isEmpty()) {
            return Optional.empty();
        }
        if (statements.isEmpty()) {
            return device.map(Device::getPatient).flatMap(DeviceUse::patient);
        }
        var patients = statements.stream()
                .filter(use -> !NEVER_USED.contains(use.getStatus()) && covers(use, moment))
                .map(use -> patient(use.getSubject()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return patients.size() == 1 ? patients.stream().findFirst() : Optional.empty();
    }

    private static Optional<String> patient(Reference reference) {
        return Optional.of(new IdType(reference.getReference()))
                .filter(id -> "Patient".equals(id.getResourceType()))
                .map(IdType::getIdPart)
                .filter(Predicate.not(String::isEmpty));
    }

    private static boolean covers(DeviceUseStatement use, Instant moment) {
        if (use.getTiming() instanceof Period period) {
            boolean begun =
                    !period.hasStart() || !moment.isBefore(period.getStart().toInstant());
            return begun && (!period.hasEnd() || moment.isBefore(after(period.getEndElement())));
        }
        if (use.getTiming() instanceof DateTimeType time) {
            return !moment.isBefore(time.getValue().toInstant()) && moment.isBefore(after(time));
        }
        return !use.hasTiming();
    }

    /** The first moment after a time, which counts as a whole: a day lasts until midnight. */
    private static Instant after(BaseDateTimeType time) {
        var zone = time.getTimeZone() == null
                ? ZoneId.systemDefault()
                : time.getTimeZone().toZoneId();
        var start = time.getValue().toInstant().atZone(zone);
        return switch (time.getPrecision()) {
            case YEAR -> start.plusYears(1).toInstant();
            case MONTH -> start.plusMonths(1).toInstant();
            case DAY -> start.plusDays(1).toInstant();
            default -> start.toInstant();
        };
    }
}
