package org.rapport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FhirPathTest {

    @ParameterizedTest(name = "{0} {1} is {2} of {3} {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                "GET,    /Patient/1,            read,             Patient, 1",
                "HEAD,   /Patient/1,            read,             Patient, 1",
                "GET,    /Patient/1/_history/2, vread,            Patient, 1",
                "GET,    /Patient/1/_history,   history-instance, Patient, 1",
                "GET,    /Patient/_history,     history-type,     Patient, -",
                "GET,    /_history,             history-system,   -,       -",
                "GET,    /Patient,              search-type,      Patient, -",
                "POST,   /Patient/_search,      search-type,      Patient, -",
                "GET,    '',                    search-type,      -,       -",
                "POST,   /Patient,              create,           Patient, -",
                "PUT,    /Patient/1,            update,           Patient, 1",
                "PATCH,  /Patient/1,            patch,            Patient, 1",
                "DELETE, /Patient/1,            delete,           Patient, 1",
                "POST,   '',                    transaction,      -,       -",
                "POST,   /,                     transaction,      -,       -",
                "GET,    /Patient/1/$everything, operation,       Patient, 1",
                "POST,   /Appointment/$book,    operation,        Appointment, -",
            })
    void tellsWhatWasAskedFor(String method, String path, String interaction, String type, String id) {
        var asked = FhirPath.of(method, path);
        assertThat(asked.interaction().code()).isEqualTo(interaction);
        assertThat(asked.entity().type()).isEqualTo(Optional.ofNullable(type));
        assertThat(asked.entity().id()).isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void keepsNothingThatIsNoTypeOrId() {
        var asked = FhirPath.of("GET", "/%3Cscript%3E/" + "x".repeat(70));
        assertThat(asked.entity()).isEqualTo(Entity.NONE);
    }
}
