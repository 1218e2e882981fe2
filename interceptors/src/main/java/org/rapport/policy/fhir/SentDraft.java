package org.rapport.policy.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import org.rapport.policy.PolicyDraft;
import org.rapport.policy.PolicyText;

/** Reads what somebody wants to publish. What is missing becomes empty text, which the draft finds fault with. */
public final class SentDraft {

    private static final Set<String> KNOWN = Set.of("uri", "version", "effective", "text");
    private static final Set<String> PARTS = Set.of("language", "title", "contentType", "content");
    private static final String PLAIN = "text/plain";

    private SentDraft() {}

    /** The draft in the parameters {@code uri}, {@code version}, {@code effective} and {@code text}. */
    public static PolicyDraft of(Parameters sent) {
        return new PolicyDraft(
                text(sent.getParameter(), "uri").orElse(""),
                text(sent.getParameter(), "version").orElse(""),
                values(sent.getParameter(), "effective")
                        .filter(BaseDateTimeType.class::isInstance)
                        .map(value -> ((BaseDateTimeType) value).getValue().toInstant())
                        .findFirst(),
                sent.getParameter().stream()
                        .filter(parameter -> "text".equals(parameter.getName()))
                        .map(parameter -> text(parameter.getPart()))
                        .toList());
    }

    /** What is sent otherwise than a draft is, which would be left out silently; empty when nothing is. */
    public static Optional<String> fault(Parameters sent) {
        var names = new HashSet<String>();
        return sent.getParameter().stream()
                .flatMap(parameter -> fault(parameter, names).stream())
                .findFirst();
    }

    private static Optional<String> fault(ParametersParameterComponent parameter, Set<String> names) {
        var name = Optional.ofNullable(parameter.getName()).orElse("");
        if (!KNOWN.contains(name)) {
            return Optional.of("Send uri, version, effective and text, and nothing else");
        }
        if (!names.add(name) && !name.equals("text")) {
            return Optional.of("Send " + name + " once");
        }
        if (name.equals("text")) {
            return faultOfText(parameter.getPart());
        }
        return name.equals("effective") && !isMoment(parameter.getValue())
                ? Optional.of("effective must be a valueDateTime or valueInstant")
                : Optional.empty();
    }

    private static boolean isMoment(@Nullable Type value) {
        return (value instanceof DateTimeType || value instanceof InstantType) && value.hasPrimitiveValue();
    }

    private static Optional<String> faultOfText(List<ParametersParameterComponent> parts) {
        var names = new HashSet<String>();
        return parts.stream()
                        .allMatch(part -> part.hasName() && PARTS.contains(part.getName()) && names.add(part.getName()))
                ? Optional.empty()
                : Optional.of("Send language, title, contentType and content of a text, each once, and nothing else");
    }

    private static PolicyText text(List<ParametersParameterComponent> parts) {
        return new PolicyText(
                text(parts, "language").orElse(""),
                text(parts, "title").orElse(""),
                text(parts, "contentType").orElse(PLAIN),
                text(parts, "content").orElse(""));
    }

    private static Optional<String> text(List<ParametersParameterComponent> parts, String name) {
        return values(parts, name)
                .flatMap(value -> Stream.ofNullable(value.primitiveValue()))
                .findFirst();
    }

    private static Stream<Type> values(List<ParametersParameterComponent> parts, String name) {
        return parts.stream()
                .filter(part -> name.equals(part.getName()))
                .map(ParametersParameterComponent::getValue)
                .filter(value -> value != null && value.hasPrimitiveValue());
    }
}
