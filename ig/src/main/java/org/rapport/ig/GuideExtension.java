package org.rapport.ig;

/** The extensions that the guide defines. */
public enum GuideExtension {
    /** The moment from which a held Appointment is free again: an instant. */
    HOLD_EXPIRES("hold-expires"),
    /** A Slot that is free where another one is taken: a reference in an issue of an OperationOutcome. */
    ALTERNATIVE_SLOT("alternative-slot"),
    /** An option of a Consent that was chosen anew: path, before and after, in a Provenance of the Consent. */
    CONSENT_OPTION("consent-option"),
    /** A part of the record in which a RelatedPerson acts for the patient: a code. */
    PROXY_SCOPE("proxy-scope");

    private final String id;

    GuideExtension(String id) {
        this.id = id;
    }

    /** The URL of the extension. */
    public String canonical() {
        return Guide.CANONICAL + "/StructureDefinition/" + id;
    }
}
