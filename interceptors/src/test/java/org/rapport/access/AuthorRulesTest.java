package org.rapport.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ClinicalImpression;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.NutritionOrder;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.VisionPrescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Caller.Role;

class AuthorRulesTest {

    private static final Caller ALICE = caller(Role.PATIENT, "Patient/alice");
    private static final Caller DANA = caller(Role.PROXY, "RelatedPerson/dana");
    private static final Caller DR_X = caller(Role.CLINICIAN, "Practitioner/dr-x");

    private final AuthorRules rules = new AuthorRules(new PublicOrigin("https://fhir.example.org"));

    @ParameterizedTest(name = "answers by {0} from {1}: {2}")
    @CsvSource({
        "'',                                         '',            true",
        "Patient/alice,                              '',            true",
        "Patient/alice,                              Patient/alice, true",
        "https://fhir.example.org/fhir/Patient/alice, '',           true",
        "Patient/bob,                                '',            false",
        "Patient/alice,                              Patient/bob,   false",
        "Practitioner/dr-x,                          Patient/alice, false",
        "https://other.example.org/Patient/alice,    '',            false",
    })
    void letPatientsAnswerInTheirOwnName(String author, String source, boolean permitted) {
        var answers = answers(author);
        if (!source.isEmpty()) {
            answers.setSource(new Reference(source));
        }
        assertThat(permits(ALICE, answers)).isEqualTo(permitted);
    }

    @Test
    void letPatientsChangeTheirOwnAlone() {
        assertThat(rules.decide(ALICE, Optional.of(answers("Patient/alice")), answers("Patient/alice"))
                        .permitted())
                .isTrue();
        assertThat(rules.decide(ALICE, Optional.of(answers("Practitioner/dr-x")), answers("Patient/alice"))
                        .permitted())
                .isFalse();
        assertThat(rules.decide(ALICE, Optional.of(answers("")), answers("Patient/alice"))
                        .permitted())
                .isFalse();
    }

    @ParameterizedTest(name = "to {0}: {1}")
    @CsvSource({
        "Practitioner/dr-x, true",
        "PractitionerRole/1, true",
        "CareTeam/1, true",
        "Patient/bob, false",
        "Device/1, false",
        "'', false",
    })
    void letPatientsWriteToTheirCareTeam(String recipient, boolean permitted) {
        var message = new Communication().setSender(new Reference("Patient/alice"));
        if (!recipient.isEmpty()) {
            message.addRecipient(new Reference(recipient));
        }
        assertThat(permits(ALICE, message)).isEqualTo(permitted);
        assertThat(permits(DANA, message)).isFalse();
    }

    @Test
    void letProxiesMeasureInTheirOwnName() {
        var observation = new Observation().addPerformer(new Reference("RelatedPerson/dana"));
        assertThat(permits(DANA, observation)).isFalse();
        observation.addCategory().addCoding().setSystem(AuthorRules.REPORTED_BY).setCode(AuthorRules.PATIENT_REPORTED);
        assertThat(permits(DANA, observation)).isTrue();
        observation.addPerformer(new Reference("Patient/alice"));
        assertThat(permits(DANA, observation)).isFalse();
    }

    @Test
    void letPatientsWriteNothingElse() {
        assertThat(permits(ALICE, new Condition())).isFalse();
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "Practitioner/dr-x,  '',                true",
        "Practitioner/dr-y,  '',                false",
        "Practitioner/dr-y,  Practitioner/dr-y, true",
        "Patient/alice,      '',                false",
        "PractitionerRole/1, '',                true",
        "Organization/1,     '',                true",
        "urn:uuid:0b1d,      '',                false",
        "#someone,           '',                false",
    })
    void letStaffAddNoOtherPersonsName(String author, String before, boolean permitted) {
        Optional<Resource> old =
                before.isEmpty() ? Optional.empty() : Optional.of(new Composition().addAuthor(new Reference(before)));
        assertThat(rules.decide(DR_X, old, new Composition().addAuthor(new Reference(author)))
                        .permitted())
                .isEqualTo(permitted);
    }

    @Test
    void letStaffForgeNoOrderNoteAndSignature() {
        var drY = new Reference("Practitioner/dr-y");
        var signed = new Composition();
        signed.addAttester().setParty(drY);
        var forged = List.of(
                new ServiceRequest().setRequester(drY),
                new NutritionOrder().setOrderer(drY),
                new VisionPrescription().setPrescriber(drY),
                new Condition().setRecorder(drY),
                new ClinicalImpression().setAssessor(drY),
                new DocumentReference().setAuthenticator(drY),
                signed);
        assertThat(forged)
                .noneSatisfy(resource -> assertThat(permits(DR_X, resource)).isTrue());
        assertThat(permits(DR_X, new Condition().setAsserter(drY))).isTrue();
        assertThat(permits(DR_X, new ServiceRequest().setRequester(new Reference("Practitioner/dr-x"))))
                .isTrue();
    }

    @Test
    void letNobodyHideAnAuthorBehindAnIdentifier() {
        var named = new Reference().setDisplay("Dr Y");
        var identified = new Reference()
                .setIdentifier(new Identifier().setSystem("urn:staff").setValue("7"));
        for (var author : List.of(named, identified, new Reference())) {
            var letter = new Composition().addAuthor(author);
            assertThat(permits(DR_X, letter)).isFalse();
            assertThat(rules.decide(DR_X, Optional.of(letter), letter.copy()).permitted())
                    .isTrue();
            assertThat(permits(ALICE, new QuestionnaireResponse().setAuthor(author)))
                    .isFalse();
        }
        assertThat(rules.decide(
                                DR_X,
                                Optional.of(new Composition().addAuthor(named)),
                                new Composition().addAuthor(identified))
                        .permitted())
                .isFalse();
        assertThat(permits(
                        ALICE,
                        new Communication()
                                .setSender(new Reference("Patient/alice"))
                                .addRecipient(named)))
                .isFalse();
    }

    @Test
    void letStaffEnterWhatOthersMeasured() {
        assertThat(permits(DR_X, new Observation().addPerformer(new Reference("Practitioner/nurse"))))
                .isTrue();
    }

    @Test
    void letSystemsWriteInAnyName() {
        var backend =
                new Caller("backend", "backend", Set.of(Role.SYSTEM), List.of(), Optional.empty(), Optional.empty());
        assertThat(permits(backend, answers("Practitioner/dr-x"))).isTrue();
    }

    private boolean permits(Caller caller, Resource resource) {
        return rules.decide(caller, Optional.empty(), resource).permitted();
    }

    private static QuestionnaireResponse answers(String author) {
        var answers = new QuestionnaireResponse();
        return author.isEmpty() ? answers : answers.setAuthor(new Reference(author));
    }

    private static Caller caller(Role role, String user) {
        return new Caller("somebody", "app", Set.of(role), List.of(), Optional.of(user), Optional.of("alice"));
    }
}
