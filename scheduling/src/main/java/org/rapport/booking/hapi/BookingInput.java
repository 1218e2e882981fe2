package org.rapport.booking.hapi;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.DayOfWeek;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.rapport.access.PublicOrigin;
import org.rapport.booking.BookingRefused;
import org.rapport.booking.TimeQuery;
import org.rapport.booking.TimeQuery.Bound;
import org.rapport.booking.TimeQuery.What;
import org.rapport.booking.TimeQuery.Who;
import org.rapport.failure.Failure;

/**
 * Reads the parameters of the operations.
 *
 * @param origin a reference to this server may be written in full
 * @param parameters what came
 */
record BookingInput(PublicOrigin origin, Parameters parameters) {

    private static final int COUNT = 20;
    private static final int MOST = 50;
    private static final String CANCELLATION = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason";
    private static final Set<TemporalPrecisionEnum> DAYS =
            EnumSet.of(TemporalPrecisionEnum.YEAR, TemporalPrecisionEnum.MONTH, TemporalPrecisionEnum.DAY);
    private static final Set<String> MODES = Set.of("in-person", "video", "phone");

    /** What {@code $find} asks for; empty when it asks for a way to meet that no schedule offers. */
    Optional<TimeQuery> query() {
        var who = new Who(
                references("schedule", "Schedule"),
                references("practitioner", "Practitioner"),
                references("location-reference", "Location"),
                references("organization", "Organization"));
        var what = new What(concepts("specialty"), concepts("visit-type"), days());
        var query = new TimeQuery(Bound.startOf(time("start")), Bound.endOf(time("end")), who, what, count());
        return inPerson() ? Optional.of(query) : Optional.empty();
    }

    /** The patients that {@code $find} looks for times for, as relative references. */
    Set<String> patients() {
        return references("patient-reference", "Patient");
    }

    /**
     * What {@code $hold} and {@code $book} ask for.
     *
     * @param self the caller's own patient, for whom it is when nobody is named
     */
    Wish wish(Optional<String> self) {
        var stored = references("appointment-reference", "Appointment");
        var sent = values("appointment-resource")
                .map(ParametersParameterComponent::getResource)
                .toList();
        if (stored.size() + sent.size() != 1) {
            throw invalid("Send either appointment-reference or appointment-resource, once");
        }
        if (!stored.isEmpty()) {
            return new Wish(stored.stream().map(BookingInput::idPart).findFirst(), new Appointment(), Optional.empty());
        }
        if (!(sent.get(0) instanceof Appointment about)) {
            throw invalid("The parameter appointment-resource is an Appointment");
        }
        if (about.hasStatus()
                && !Set.of("proposed", "pending", "booked")
                        .contains(about.getStatus().toCode())) {
            throw invalid("An appointment to be made is proposed, pending or booked");
        }
        some(about.getSlot());
        text("comment").ifPresent(about::setComment);
        return new Wish(Optional.empty(), about, Optional.of(new Reference(patient(about, self))));
    }

    /** Why a visit is called off. */
    Optional<CodeableConcept> reason() {
        return values("reason")
                .map(ParametersParameterComponent::getValue)
                .map(value -> value instanceof CodeType code
                        ? new CodeableConcept().addCoding(new Coding(CANCELLATION, code.getValue(), null))
                        : concept(value))
                .findFirst();
    }

    static Optional<Reference> patientOf(Appointment appointment) {
        return appointment.getParticipant().stream()
                .map(Appointment.AppointmentParticipantComponent::getActor)
                .filter(actor -> "Patient".equals(actor.getReferenceElement().getResourceType()))
                .findFirst();
    }

    private String patient(Appointment about, Optional<String> self) {
        var named = new HashSet<String>();
        about.getParticipant().stream()
                .map(participant -> participant.getActor().getReferenceElement())
                .filter(id -> "Patient".equals(id.getResourceType()))
                .forEach(id -> named.add(relative(id.getValue(), "Patient")));
        values("patient-resource")
                .map(ParametersParameterComponent::getResource)
                .forEach(resource -> {
                    if (!(resource instanceof Patient patient) || !patient.hasId()) {
                        throw invalid("The parameter patient-resource is a Patient with its id");
                    }
                    named.add("Patient/" + patient.getIdPart());
                });
        if (named.isEmpty()) {
            self.map("Patient/"::concat).ifPresent(named::add);
        }
        if (named.size() != 1) {
            throw invalid("Name one patient");
        }
        return named.iterator().next();
    }

    private BaseDateTimeType time(String name) {
        var values = values(name).map(ParametersParameterComponent::getValue).toList();
        if (values.size() != 1 || !(values.get(0) instanceof BaseDateTimeType time) || !time.hasValue()) {
            throw invalid("The parameter " + name + " is required, once, as a dateTime");
        }
        if (!DAYS.contains(time.getPrecision()) && time.getTimeZone() == null) {
            throw invalid("The time in " + name + " needs its offset, such as 2026-12-01T09:00:00+01:00");
        }
        return time;
    }

    private int count() {
        return values("_count")
                .map(ParametersParameterComponent::getValue)
                .map(value -> {
                    if (!(value instanceof IntegerType count) || !count.hasValue() || count.getValue() < 1) {
                        throw invalid("The parameter _count is a positive integer");
                    }
                    return count.getValue();
                })
                .findFirst()
                .orElse(COUNT);
    }

    private boolean inPerson() {
        var modes = values("mode").map(this::word).collect(Collectors.toSet());
        if (!MODES.containsAll(modes)) {
            throw invalid("The parameter mode is in-person, video or phone");
        }
        return modes.isEmpty() || modes.contains("in-person");
    }

    private Set<DayOfWeek> days() {
        var days = EnumSet.noneOf(DayOfWeek.class);
        values("timing").map(ParametersParameterComponent::getValue).forEach(value -> {
            if (!(value instanceof Timing timing) || !onlyDays(timing)) {
                throw invalid("Of the parameter timing only repeat.dayOfWeek is supported");
            }
            timing.getRepeat().getDayOfWeek().forEach(day -> days.add(day(day.getCode())));
        });
        return days;
    }

    private static boolean onlyDays(Timing timing) {
        var daysOnly = new Timing();
        daysOnly.getRepeat().setDayOfWeek(timing.getRepeat().getDayOfWeek());
        return timing.getRepeat().hasDayOfWeek() && timing.equalsDeep(daysOnly);
    }

    private static DayOfWeek day(String code) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(code))
                .findFirst()
                .orElseThrow(() -> invalid("The parameter timing has an unknown day"));
    }

    private List<CodeableConcept> concepts(String name) {
        return some(values(name).toList()).stream()
                .map(ParametersParameterComponent::getValue)
                .map(BookingInput::concept)
                .toList();
    }

    private static CodeableConcept concept(Type value) {
        if (value instanceof CodeableConcept concept) {
            return concept;
        }
        if (value instanceof Coding coding) {
            return new CodeableConcept().addCoding(coding);
        }
        if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            return new CodeableConcept().setText(primitive.getValueAsString());
        }
        throw invalid("A code is sent as CodeableConcept, Coding, code or string");
    }

    private Set<String> references(String name, String type) {
        return some(values(name).toList()).stream()
                .map(part -> part.getValue() instanceof Reference reference ? reference.getReference() : word(part))
                .map(value -> relative(value, type))
                .collect(Collectors.toSet());
    }

    /** A reference to this server without its base and version. */
    private String relative(String value, String type) {
        var id = new IdType(value == null ? "" : value);
        boolean here = !id.hasBaseUrl() || id.getBaseUrl().equals(origin.fhirBase());
        if (!here || !type.equals(id.getResourceType()) || !id.hasIdPart()) {
            throw invalid("A reference to a " + type + " is written " + type + "/[id]");
        }
        return type + "/" + id.getIdPart();
    }

    private Optional<String> text(String name) {
        return values(name).map(this::word).findFirst();
    }

    private String word(ParametersParameterComponent part) {
        if (part.getValue() instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            return primitive.getValueAsString();
        }
        throw invalid("A parameter is not of its type");
    }

    private static <T> List<T> some(List<T> values) {
        if (values.size() > MOST) {
            throw invalid("There are " + MOST + " of a kind at most");
        }
        return values;
    }

    private Stream<ParametersParameterComponent> values(String name) {
        return parameters.getParameter().stream().filter(part -> name.equals(part.getName()));
    }

    private static String idPart(String reference) {
        return new IdType(reference).getIdPart();
    }

    private static BookingRefused invalid(String diagnostics) {
        return new BookingRefused(Failure.invalid(diagnostics));
    }
}
