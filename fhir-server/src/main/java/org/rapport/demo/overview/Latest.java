package org.rapport.demo.overview;

import ca.uhn.fhir.jpa.api.dao.DaoRegistry;
import ca.uhn.fhir.jpa.searchparam.SearchParameterMap;
import ca.uhn.fhir.rest.api.SortOrderEnum;
import ca.uhn.fhir.rest.api.SortSpec;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * What was written last.
 *
 * @param daos read with the server's own rights: the demo shows everything
 */
record Latest(DaoRegistry daos) {

    private static final int SHOWN = 12;

    /**
     * A reading of a device.
     *
     * @param number for the plot; empty for a reading with parts
     */
    record Reading(String device, String what, String value, String when, String flag, Optional<BigDecimal> number) {}

    /** Anything else: a line of text and the address of the resource. */
    record Line(String text, String reference) {}

    List<Reading> readings() {
        return last(Observation.class).stream()
                .filter(Observation::hasDevice)
                .map(Latest::reading)
                .toList();
    }

    List<Line> alerts() {
        return last(Task.class).stream()
                .filter(Task::hasFocus)
                .map(task -> new Line(
                        Stream.of(task.getPriorityElement(), task.getStatusElement())
                                .map(Latest::text)
                                .filter(text -> !text.isEmpty())
                                .collect(Collectors.joining(", ")),
                        reference(task)))
                .toList();
    }

    List<Line> appointments() {
        return last(Appointment.class).stream()
                .map(appointment -> new Line(
                        text(appointment.getStartElement()) + ": " + text(appointment.getStatusElement()) + " ("
                                + appointment.getParticipant().stream()
                                        .map(participant ->
                                                participant.getActor().getReference() + " "
                                                        + text(participant.getStatusElement()))
                                        .collect(Collectors.joining(", "))
                                + ")",
                        reference(appointment)))
                .toList();
    }

    private <T extends Resource> List<T> last(Class<T> type) {
        var search = new SearchParameterMap()
                .setLoadSynchronousUpTo(SHOWN)
                .setSort(new SortSpec("_lastUpdated", SortOrderEnum.DESC));
        return daos.getResourceDao(type).search(search, new SystemRequestDetails()).getAllResources().stream()
                .map(type::cast)
                .toList();
    }

    private static Reading reading(Observation observation) {
        var code = observation.getCode().getCodingFirstRep();
        return new Reading(
                observation.getDevice().getReference(),
                code.hasDisplay() ? code.getDisplay() : code.getCode(),
                value(observation),
                when(observation),
                observation.getInterpretationFirstRep().getCodingFirstRep().hasCode()
                        ? observation
                                .getInterpretationFirstRep()
                                .getCodingFirstRep()
                                .getCode()
                        : "",
                observation.hasValueQuantity()
                        ? Optional.ofNullable(observation.getValueQuantity().getValue())
                        : Optional.empty());
    }

    private static String value(Observation observation) {
        return observation.hasValueQuantity()
                ? written(observation.getValueQuantity())
                : observation.getComponent().stream()
                        .filter(component -> component.hasValueQuantity())
                        .map(component -> written(component.getValueQuantity()))
                        .collect(Collectors.joining(" / "));
    }

    private static String written(Quantity quantity) {
        return text(quantity.getValueElement()) + " " + (quantity.hasUnit() ? quantity.getUnit() : quantity.getCode());
    }

    private static String when(Observation observation) {
        return observation.hasEffectivePeriod()
                ? text(observation.getEffectivePeriod().getStartElement())
                : observation.hasEffectiveDateTimeType() ? text(observation.getEffectiveDateTimeType()) : "";
    }

    /** As it was written; nothing where nothing was. */
    private static String text(PrimitiveType<?> element) {
        return Optional.ofNullable(element.getValueAsString()).orElse("");
    }

    private static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }
}
