package org.rapport.labelling;

import java.util.HashSet;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.consent.Labels;
import org.rapport.consent.Labels.Confidentiality;
import org.rapport.consent.fhir.CodeSystems;
import org.rapport.consent.fhir.ResourceReader;

/**
 * Sets the security labels of resources: those that their codes ask for, besides those they have.
 *
 * <p>Labels only ever become stricter: a new version that says nothing of labels keeps those of the last one.
 *
 * @param lists which codes are sensitive
 * @see <a href="https://hl7.org/fhir/R4/security-labels.html">FHIR R4 security labels</a>
 */
public record Labelling(LabelLists lists) {

    private static final List<String> LABEL_SYSTEMS = List.of(CodeSystems.CONFIDENTIALITY, CodeSystems.ACT_CODE);

    /** Gives what tells of another resource that one's labels besides its own. */
    public static void inherit(Resource told, Resource teller) {
        var present = ResourceReader.labels(teller.getMeta());
        told.getMeta().getSecurity().stream()
                .filter(label -> isLabel(label) && label.hasCode() && !present.contains(label.getCode()))
                .forEach(label -> teller.getMeta().addSecurity(label.copy()));
    }

    /** Labels a new resource. */
    public void label(Resource resource) {
        var meta = resource.getMeta();
        var labels = new HashSet<>(lists.labels(ResourceReader.codes(resource)));
        var present = ResourceReader.labels(meta);
        labels.removeAll(present);
        labels.stream().sorted().forEach(label -> meta.addSecurity(coding(label)));
    }

    /** Labels the new version of a resource, which keeps the labels of the last one when it states none. */
    public void label(Resource before, Resource after) {
        if (ResourceReader.labels(after.getMeta()).isEmpty()) {
            inherit(before, after);
        }
        label(after);
    }

    /** Whether a new version states labels that let out more than those of the last one. */
    public static boolean lowers(Resource before, Resource after) {
        return labels(after).lowers(labels(before));
    }

    private static Labels labels(Resource version) {
        return new Labels(ResourceReader.labels(version.getMeta()), true);
    }

    private static boolean isLabel(Coding coding) {
        return LABEL_SYSTEMS.contains(coding.getSystem());
    }

    private static Coding coding(String label) {
        boolean level = Confidentiality.of(label).isPresent();
        return new Coding(level ? CodeSystems.CONFIDENTIALITY : CodeSystems.ACT_CODE, label, null);
    }
}
