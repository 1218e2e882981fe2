package org.rapport.policy.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityComponent;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.rapport.ig.GuideExtension;
import org.rapport.policy.ConsentWrite;
import org.rapport.policy.OptionChange;
import org.rapport.policy.PublishedVersion.Wording;
import org.rapport.policy.SeenPolicy;

/**
 * Says of a version of a Consent who wrote it for whom, what they had seen and which options they chose anew. The patient is
 * a target besides: by that, in R4, a Provenance lies in the record.
 *
 * @param write the version
 * @param seen what was seen of each policy that it names
 * @param writer who wrote it
 * @param recorded when it is stored
 */
public record ConsentProvenance(ConsentWrite write, List<SeenPolicy> seen, Reference writer, Instant recorded) {

    private static final String OPERATION = "http://terminology.hl7.org/CodeSystem/v3-DataOperation";
    private static final String PARTICIPANT = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    /** Keeps its own copy. */
    public ConsentProvenance {
        seen = List.copyOf(seen);
    }

    /** The resource. */
    public Provenance provenance() {
        boolean first = write.before().isEmpty();
        var provenance = new Provenance()
                .addTarget(new Reference(versioned(write.after())))
                .setRecorded(Date.from(recorded))
                .setActivity(new CodeableConcept(new Coding(OPERATION, first ? "CREATE" : "UPDATE", null)));
        write.patients().stream().sorted().forEach(id -> provenance.addTarget(new Reference("Patient/" + id)));
        if (write.after().getDateTimeElement().hasValue()) {
            provenance.setOccurred(write.after().getDateTimeElement().copy());
        }
        provenance
                .addAgent()
                .setType(new CodeableConcept(new Coding(PARTICIPANT, "enterer", "Enterer")))
                .setWho(writer)
                .setOnBehalfOf(consenting());
        seen.forEach(policy -> add(provenance, policy));
        write.before().ifPresent(before -> provenance.addEntity(revised(before)));
        return provenance;
    }

    /** Who gives the consent, which is the patient where nobody else is named. */
    private Reference consenting() {
        return write.after().getPerformer().stream()
                .filter(performer ->
                        performer.hasReference() && !performer.getReference().startsWith("#"))
                .map(Reference::getReference)
                .findFirst()
                .or(() -> write.patients().stream()
                        .sorted()
                        .map("Patient/"::concat)
                        .findFirst())
                .map(Reference::new)
                .orElseGet(() -> write.after().getPatient().copy());
    }

    private static void add(Provenance provenance, SeenPolicy policy) {
        if (policy instanceof SeenPolicy.Text text) {
            provenance.addPolicy(text.version().name().toString());
            text.texts().forEach(wording -> provenance.addEntity(source(wording)));
        } else if (policy instanceof SeenPolicy.NoText none) {
            provenance.addPolicy(none.name().toString());
        }
    }

    private static ProvenanceEntityComponent source(Wording wording) {
        var what = new Reference()
                .setType("DocumentReference")
                .setIdentifier(PolicyDocument.hash(wording.sha256()))
                .setDisplay(wording.title() + " (" + wording.language() + ")");
        return new ProvenanceEntityComponent()
                .setRole(ProvenanceEntityRole.SOURCE)
                .setWhat(what);
    }

    private ProvenanceEntityComponent revised(Consent before) {
        var revision = new ProvenanceEntityComponent()
                .setRole(ProvenanceEntityRole.REVISION)
                .setWhat(new Reference(versioned(before)));
        write.changes().forEach(change -> revision.addExtension(extension(change)));
        return revision;
    }

    private static Extension extension(OptionChange change) {
        var extension = new Extension(GuideExtension.CONSENT_OPTION.canonical());
        extension.addExtension("path", new StringType(change.path()));
        change.before().ifPresent(value -> extension.addExtension("before", new StringType(value)));
        change.after().ifPresent(value -> extension.addExtension("after", new StringType(value)));
        return extension;
    }

    private static String versioned(Consent consent) {
        var id = consent.getIdElement();
        return "Consent/" + id.getIdPart() + "/_history/" + id.getVersionIdPart();
    }
}
