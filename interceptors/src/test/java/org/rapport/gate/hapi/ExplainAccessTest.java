package org.rapport.gate.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rapport.testing.RunningServer.FHIR;
import static org.rapport.testing.RunningServer.get;

import org.hl7.fhir.r4.model.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.testing.TestTokens;

class ExplainAccessTest extends TwoRecords {

    private static final String OFFICER = TestTokens.person("privacy-kim", "privacy-officer");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "user=Practitioner/dr-x | permit | type rule: clinician has a right to READ of Patient,"
                        + " and the record is within reach of the user",
                "user=Practitioner/dr-y | deny | belongs to the record of a patient out of reach",
                "user=Practitioner/dr-x&resource=Observation/of-alice&interaction=update | permit | type rule:"
                        + " clinician has a right to UPDATE of Observation, and the record is within reach of the user;"
                        + " what they write names no other person as author and refers to nothing hidden from them",
                "user=Practitioner/dr-x&interaction=delete | deny | type rule: clinician has no right to DELETE of Patient",
                "user=Practitioner/lee&role=clerk | permit | type rule: clerk has a right to READ of Patient,"
                        + " whosever it is",
                "user=Practitioner/lee&role=clerk&resource=Observation/of-alice | deny | type rule: clerk has no right"
                        + " to READ of Observation",
                "user=Patient/alice | permit | type rule: patient has a right to READ of Patient,"
                        + " and the record is within reach of the user",
                "user=Patient/bob | deny | patient in context is neither the user nor one the user acts for",
            })
    void namesTheRuleThatDecided(String question, String decision, String rule) {
        var answer = get("Patient/alice/$explain-access?" + question, OFFICER);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var told = FHIR.newJsonParser().parseResource(Parameters.class, answer.body());
        assertThat(told.getParameter("decision").getValue().primitiveValue()).isEqualTo(decision);
        assertThat(told.getParameter("rule").getValue().primitiveValue()).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user=dr-x",
                "user=Organization/org-north",
                "user=Practitioner/dr-x&role=system",
                "user=Practitioner/dr-x&role=unheard",
                "user=Practitioner/dr-x&interaction=unheard",
                "user=Practitioner/dr-x&resource=1",
            })
    void needsAQuestion(String question) {
        assertThat(get("Patient/alice/$explain-access?" + question, OFFICER).statusCode())
                .isEqualTo(400);
    }

    @Test
    void isAboutOneRecord() {
        var question = "/$explain-access?user=Practitioner/dr-x";
        assertThat(get("Patient/nobody" + question, OFFICER).statusCode()).isEqualTo(404);
        assertThat(get("Patient/alice" + question + "&resource=Observation/of-bob", OFFICER)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void isForThePrivacyOfficerAlone() {
        var question = "Patient/alice/$explain-access?user=Practitioner/dr-x";
        assertDenied(get(question, ALICE));
        assertDenied(get(question, DR_X));
        assertDenied(get(question, BACKEND));
        assertDenied(get(question, TestTokens.person("auditor-ng", "auditor")));
    }
}
