package org.rapport.export.hapi;

import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.rapport.export.ExportParameters;

/** Reads a kick-off request, whether its parameters come in the address or in the body. */
record KickOff(ServletRequestDetails request) {

    /** Whether the caller is willing to wait for the answer elsewhere. */
    boolean isAsync() {
        return preferences().contains("respond-async");
    }

    ExportParameters parameters() {
        var values = new HashMap<String, List<String>>();
        request.getParameters().forEach((name, sent) -> values.put(name, List.copyOf(Arrays.asList(sent))));
        if (request.getResource() instanceof Parameters body) {
            body.getParameter().stream()
                    .collect(Collectors.groupingBy(
                            sent -> Optional.ofNullable(sent.getName()).orElse(""),
                            Collectors.mapping(KickOff::text, Collectors.toList())))
                    .forEach((name, sent) -> values.merge(name, sent, KickOff::together));
        }
        return new ExportParameters(Map.copyOf(values), preferences().contains("handling=lenient"));
    }

    private Set<String> preferences() {
        return Collections.list(request.getServletRequest().getHeaders("Prefer")).stream()
                .flatMap(header -> Arrays.stream(header.split("[,;]", -1)))
                .map(preference -> preference.replace(" ", "").toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String text(ParametersParameterComponent sent) {
        return sent.getValue() instanceof Reference reference
                ? Optional.ofNullable(reference.getReference()).orElse("?")
                : Optional.ofNullable(sent.getValue())
                        .map(value -> value.primitiveValue())
                        .orElse("?");
    }

    private static List<String> together(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
