package org.rapport.policy.fhir;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Type;
import org.rapport.policy.PolicyDraft;
import org.rapport.policy.PolicyText;

/** Reads what somebody wants to publish. What is missing becomes empty text, which the draft finds fault with. */
public final class SentDraft {

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
