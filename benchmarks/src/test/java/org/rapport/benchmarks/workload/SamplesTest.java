package org.rapport.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private final Samples samples = new Samples("t");

    @Test
    void surroundAPatientWith99Resources() throws JsonProcessingException {
        var entries = parse(samples.compartment(7)).path("entry");

        assertThat(entries).hasSize(100);
        assertThat(entries.get(0).at("/resource/name/0/family").asText()).isEqualTo("Samplet7");
        assertThat(entries.get(1).at("/resource/subject/reference"))
                .isEqualTo(entries.get(0).path("fullUrl"));
    }

    @Test
    void storeAHundredObservationsInOneTransaction() throws JsonProcessingException {
        assertThat(parse(samples.observations("Patient/1", 0)).path("entry"))
                .hasSize(Operation.TRANSACTION.resourcesStored());
    }

    private static JsonNode parse(String json) throws JsonProcessingException {
        return new ObjectMapper().readTree(json);
    }
}
