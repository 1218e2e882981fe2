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
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rapport.failure.hapi.FailureException;

class ContentInterceptorTest {

    private static final String SCRIPT = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x()</script></div>";

    private final ContentInterceptor interceptor = new ContentInterceptor(FhirContext.forR4Cached());

    @Test
    @DisplayName("IN-009: looks at every narrative, wherever it stands")
    void findsNarratives() {
        assertRefused(scripted());
        var holder = new Patient();
        holder.addContained(scripted());
        assertRefused(holder);
        var composition = new Composition();
        composition.addSection().addSection().setText(scripted().getText());
        assertRefused(composition);
        var document = new Bundle();
        document.addEntry().setResource(scripted());
        assertRefused(document);
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
        assertThatNoException().isThrownBy(() -> interceptor.create(null, scripted()));
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

    private static Attachment notAPicture() {
        return new Attachment().setContentType("image/png").setData(bytes("text"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
