package org.rapport.mask.hapi;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.ElementMask;
import org.rapport.access.hapi.CallerAccess;

/** Shows resources as far as their reader may see them. What is stored or kept is never changed: a part is a copy. */
public final class MaskedView implements ElementMask.Hidden {

    private final CallerAccess access;
    private final Map<String, Set<String>> byType = new HashMap<>();
    private final ElementMask mask = new ElementMask(this);

    /** What this caller sees. */
    public MaskedView(CallerAccess access) {
        this.access = access;
    }

    /** An answer with each of its resources as far as it is shown. */
    public Resource of(Resource answer) {
        if (!access.hasMasks()) {
            return answer;
        }
        if (answer instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .filter(Bundle.BundleEntryComponent::hasResource)
                    .forEach(entry -> entry.setResource(of(entry.getResource())));
            return bundle;
        }
        if (answer instanceof Parameters parameters) {
            show(parameters.getParameter());
            return parameters;
        }
        return mask.without(of(answer.fhirType()).isEmpty() ? Set.of() : access.masked(answer), answer);
    }

    @Override
    public Set<String> of(String type) {
        return byType.computeIfAbsent(type, access::masked);
    }

    @Override
    public boolean isOpen(String type) {
        return access.reaches(Interaction.READ, type);
    }

    private void show(List<ParametersParameterComponent> parts) {
        for (var part : parts) {
            if (part.hasResource()) {
                part.setResource(of(part.getResource()));
            }
            show(part.getPart());
        }
    }
}
