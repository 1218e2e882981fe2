package org.rapport.content.hapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.failure.hapi.FailureException;

class ContentInterceptorTest {

    private static final String SCRIPT =
            "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a<script>x()</script></p></div>";
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final ContentInterceptor interceptor = new ContentInterceptor(FHIR);

    @Test
    @DisplayName("IN-009: sanitises every narrative, wherever it stands")
    void findsNarratives() {
        assertSanitised(scripted());
        var holder = new Patient();
        holder.addContained(scripted());
        assertSanitised(holder);
        var composition = new Composition();
        composition.addSection().addSection().setText(scripted().getText());
        assertSanitised(composition);
        assertSanitised(document(scripted()));
        assertSanitised(parameters(scripted()));
        assertSanitised(document(parameters(document(scripted()))));
    }

    @Test
    @DisplayName("IN-009: a narrative of which nothing is left is gone, an empty one stays")
    void dropsEmptyNarratives() {
        var patient = new Patient();
        patient.getText().setStatus(NarrativeStatus.GENERATED).setDivAsString("<div><script>x()</script> </div>");
        interceptor.create(new ServletRequestDetails(), patient);
        assertThat(json(patient)).isEqualTo("{\"resourceType\":\"Patient\"}");
        patient.getText().setStatus(NarrativeStatus.EMPTY);
        interceptor.create(new ServletRequestDetails(), patient);
        assertThat(json(patient)).contains("empty");
    }

    @Test
    @DisplayName("IN-013: looks at every file, wherever it stands")
    void findsFiles() {
        assertRefused(new Binary().setContentType("image/png").setData(bytes("text")));
        var document = new DocumentReference();
        document.addContent().setAttachment(notAPicture());
        assertRefused(document);
        var holder = new DocumentReference();
        holder.addContained(new Binary().setContentType("application/pdf").setData(bytes("MZ")));
        assertRefused(holder);
        var patient = new Patient();
        patient.addExtension(new Extension("urn:test:photo", notAPicture()));
        assertRefused(patient);
        patient.getExtension().clear();
        patient.addPhoto(new Attachment().setData(bytes("#!/bin/sh")));
        assertRefused(patient);
    }

    @Test
    @DisplayName("PA-007: looks at every pattern of a profile")
    void findsPatterns() {
        var constrained = new StructureDefinition();
        constrained
                .getDifferential()
                .addElement()
                .addConstraint()
                .setExpression("name.matches('^[A-Z]+$') and name.matches('(a+)+$')");
        assertRefused(constrained);
        assertThatNoException().isThrownBy(() -> interceptor.create(null, constrained));
        var snapshot = new StructureDefinition();
        snapshot.getSnapshot().addElement().addConstraint().setExpression("name.matches('a*b')");
        assertRefused(snapshot);
        var typed = new StructureDefinition();
        typed.getDifferential()
                .addElement()
                .addType()
                .addExtension(new Extension("http://hl7.org/fhir/StructureDefinition/regex", new StringType("(a+)+")));
        assertRefused(typed);
        var document = new Bundle();
        document.addEntry().setResource(typed);
        assertRefused(document);
        var extension = new StructureDefinition();
        extension.addContextInvariant("%extension.value.matches('(a+)+$')");
        assertRefused(extension);
        var inContext = new StructureDefinition();
        inContext.addContext().setExpression("Patient.where(name.family.matches('(a+)+$'))");
        assertRefused(inContext);
        var form = new Questionnaire();
        form.addItem()
                .addExtension(new Extension("http://hl7.org/fhir/StructureDefinition/regex", new StringType("(a+)+")));
        assertRefused(form);
        var enabled = new Questionnaire();
        enabled.addItem()
                .addExtension(new Extension(
                        "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression",
                        new Expression().setLanguage("text/fhirpath").setExpression("name.matches('(a+)+$')")));
        assertRefused(enabled);
    }

    @Test
    void passesTheRestAndWhatTheServerWrites() {
        var document = new DocumentReference();
        document.addContent().setAttachment(notAPicture().setContentType("text/plain"));
        assertThatNoException().isThrownBy(() -> interceptor.create(new ServletRequestDetails(), document));
        var own = scripted();
        interceptor.create(null, own);
        assertThat(json(own)).contains("script");
    }

    private void assertSanitised(Resource resource) {
        assertThat(json(resource)).contains("script");
        interceptor.update(new ServletRequestDetails(), resource, resource);
        assertThat(json(resource)).contains("<p>a</p>").doesNotContain("script");
    }

    private void assertRefused(Resource resource) {
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> interceptor.update(new ServletRequestDetails(), resource, resource))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(422));
    }

    private static Patient scripted() {
        var narrative = new Narrative();
        narrative.setDivAsString(SCRIPT);
        var patient = new Patient();
        patient.setText(narrative);
        return patient;
    }

    private static Bundle document(Resource resource) {
        var document = new Bundle();
        document.addEntry().setResource(resource);
        return document;
    }

    private static Parameters parameters(Resource resource) {
        var parameters = new Parameters();
        parameters.addParameter().setResource(resource);
        return parameters;
    }

    private static String json(Resource resource) {
        return FHIR.newJsonParser().encodeResourceToString(resource);
    }

    private static Attachment notAPicture() {
        return new Attachment().setContentType("image/png").setData(bytes("text"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
