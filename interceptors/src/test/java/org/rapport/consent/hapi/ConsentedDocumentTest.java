package org.rapport.consent.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.consent.fhir.TestConsents.always;
import static org.rapport.consent.fhir.TestConsents.deny;
import static org.rapport.consent.fhir.TestConsents.exceptDeny;
import static org.rapport.consent.fhir.TestConsents.label;
import static org.rapport.consent.fhir.TestConsents.permit;
import static org.rapport.consent.fhir.TestConsents.type;
import static org.rapport.testing.RunningServer.get;

import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.consent.fhir.CodeSystems;

/** AC-051: a consent that hides an entry of a document hides the document. */
class ConsentedDocumentTest extends ConsentedRecords {

    private static final Coding HIV_STATUS = new Coding("http://loinc.org", "75622-1", null);
    private static final Coding PSYCHOTHERAPY_NOTES = new Coding(CodeSystems.ACT_CODE, "PSYTHPN", null);

    @BeforeEach
    void storeDocument() {
        store(entry());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Observation", "Bundle"})
    void hidesADocumentByItsEntriesOrByItself(String type) {
        assertThat(status(DR_X)).isEqualTo(200);
        file("c1", permit(exceptDeny(type(type))));
        assertThat(status(DR_X)).isEqualTo(404);
        assertThat(status(ALICE)).isEqualTo(200);
    }

    @Test
    void isAskedOfEachPatientInADocument() {
        store(entry(), observation("Observation/his", "bob"));
        assertThat(status(DR_X)).isEqualTo(200);
        file("c1", deny(always()).setPatient(new Reference("Patient/bob")));
        assertThat(status(DR_X)).isEqualTo(404);
    }

    /** Nobody has labelled what is stored within another. */
    @Test
    void judgesEntriesByTheLabelsThatTheyWouldHaveGot() {
        file("c1", permit(exceptDeny(label("R"))));
        var shown = get("Bundle/doc", DR_X);
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).contains("noted").doesNotContain("security");

        var sensitive = entry();
        sensitive.getCode().addCoding(HIV_STATUS);
        sensitive.getMeta().setLastUpdatedElement(new InstantType("2030-01-01T00:00:00Z"));
        store(sensitive);
        assertThat(status(DR_X)).isEqualTo(404);
        assertThat(status(ALICE)).isEqualTo(200);
    }

    @Test
    void believesTheLabelsThatEntriesState() {
        store(labelled("Observation/noted", "R"));
        assertThat(status(DR_X)).isEqualTo(200);
        file("c1", permit(exceptDeny(label("R"))));
        assertThat(status(DR_X)).isEqualTo(404);
    }

    @Test
    void hidesWhatALawWithholds() {
        var withheld = entry();
        withheld.getMeta().addSecurity(PSYCHOTHERAPY_NOTES);
        store(withheld);
        assertThat(status(ALICE)).isEqualTo(404);
        assertThat(status(guardian())).isEqualTo(404);
        assertThat(status(DR_X)).isEqualTo(200);
    }

    private static int status(String token) {
        return get("Bundle/doc", token).statusCode();
    }

    private static Observation entry() {
        return observation("Observation/noted", "alice");
    }

    private void store(Observation... entries) {
        var document = new Bundle().setType(BundleType.DOCUMENT);
        document.setId("doc");
        for (var entry : entries) {
            document.addEntry()
                    .setFullUrl("http://127.0.0.1/fhir/" + entry.getId())
                    .setResource(entry);
        }
        server.store(document);
    }
}
