package org.rapport.policy.fhir;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.rapport.ig.Guide;
import org.rapport.policy.PolicyText;
import org.rapport.policy.PublishedVersion;

/**
 * Shows a text as the kind of resource that a Consent of FHIR R5 refers to for its {@code policyText}. It has no id: nothing of it
 * is stored as a resource.
 *
 * @param version what the text is of
 * @param text with its content
 */
public record PolicyDocument(PublishedVersion version, PolicyText text) {

    /** The system of the hashes that name texts: SHA-256 of the content in UTF-8, in hexadecimal. */
    public static final String SHA256 = Guide.CANONICAL + "/NamingSystem/policy-text-sha256";

    /** The document, with the text inside. */
    public DocumentReference document() {
        var effective = Date.from(version.effective());
        var content = text.content().getBytes(StandardCharsets.UTF_8);
        var document = new DocumentReference()
                .setMasterIdentifier(hash(text.sha256()))
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setDocStatus(ReferredDocumentStatus.FINAL)
                .setDescription(text.title())
                .setDate(effective);
        document.addIdentifier()
                .setSystem(version.name().uri())
                .setValue(version.name().version().orElseThrow());
        document.getContext().getPeriod().setStart(effective);
        document.addContent()
                .getAttachment()
                .setContentType(text.contentType())
                .setLanguage(text.language())
                .setTitle(text.title())
                .setCreation(effective)
                .setSize(content.length)
                .setData(content);
        return document;
    }

    static Identifier hash(String sha256) {
        return new Identifier().setSystem(SHA256).setValue(sha256);
    }
}
