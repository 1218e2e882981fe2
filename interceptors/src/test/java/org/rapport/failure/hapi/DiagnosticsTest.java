package org.rapport.failure.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rapport.failure.Failure;

class DiagnosticsTest {

    @Test
    void keepTheNamesThatWereAskedFor() {
        assertThat(cleaned(
                        "HAPI-0524: Unknown search parameter \"foo\" for resource type \"Patient\". Valid are: [name]"))
                .isEqualTo("Unknown search parameter 'foo' for resource type 'Patient'. Valid are: [name]");
    }

    @Test
    void dropValuesAndCodes() {
        assertThat(cleaned("HAPI-1: HAPI-2: Invalid value \"S3CR3T\" of 'foo'"))
                .isEqualTo("Invalid value '…' of 'foo'");
        assertThat(cleaned("Bad S3CR3T")).isEqualTo("Bad …");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.lang.IllegalStateException: x",
                "Failed to call ca.uhn.fhir.jpa.dao.SearchBuilder",
                "NullPointerException",
                "could not execute select x from hfj_resource",
                "  ",
            })
    void sayNothingOfTheInside(String message) {
        assertThat(Diagnostics.cleaned(request(), message)).isEmpty();
        assertThat(Diagnostics.cleaned(request(), null)).isEmpty();
    }

    @Test
    void nameAnExceptionByItsCode() {
        assertThat(Diagnostics.code(new InvalidRequestException("HAPI-0450: HAPI-1821: S3CR3T")))
                .isEqualTo("InvalidRequestException HAPI-0450: HAPI-1821: ");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "HAPI-1094: Resource Patient/S3CR3T not found, specified in path: Observation.subject; 422;"
                        + " The reference at Observation.subject names nothing that is stored",
                "HAPI-1094: Resource Patient/S3CR3T not found, specified in path: Observation.subject.where(resolve()); 422;"
                        + " The reference at Observation.subject names nothing that is stored",
                "HAPI-0450: HAPI-1821: [element=\"status\"] Invalid attribute value \"S3CR3T\"; 400;"
                        + " The element status has a value that it cannot have",
                "HAPI-0550: HAPI-0515: Unable to delete Patient/1 because at least one resource has a reference to this"
                        + " resource. First S3CR3T; 409; Other resources refer to this one",
            })
    void explainWhatIsCommon(String message, int status, String text) {
        var failure = Explanation.of(message).orElseThrow();
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.diagnostics()).contains(text).doesNotContain("S3CR3T");
    }

    @Test
    void explainNothingElse() {
        assertThat(Explanation.of("HAPI-1: x").map(Failure::status)).isEmpty();
        assertThat(Explanation.of(null)).isEmpty();
    }

    private static String cleaned(String message) {
        return Diagnostics.cleaned(request(), message).orElseThrow();
    }

    private static SystemRequestDetails request() {
        var request = new SystemRequestDetails();
        request.setResourceName("Patient");
        request.setParameters(Map.of("foo:exact", new String[] {"S3CR3T"}));
        return request;
    }
}
