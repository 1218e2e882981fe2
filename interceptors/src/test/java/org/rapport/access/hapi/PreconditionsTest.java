package org.rapport.access.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hl7.fhir.r4.model.Consent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rapport.access.Action;
import org.rapport.access.Action.Interaction;
import org.rapport.failure.hapi.FailureException;

class PreconditionsTest {

    @ParameterizedTest(name = "WR-015: {0} of a {1}, version 7, with If-Match {2}: {3}")
    @DisplayName("WR-015: a change names the version that was seen, of Appointments and Consents in any case")
    @CsvSource({
        "UPDATE, Consent,     ''  , 400",
        "PATCH,  Consent,     ''  , 400",
        "UPDATE, Appointment, ''  , 400",
        "UPDATE, Observation, ''  , 200",
        "UPDATE, Consent,     W/6 , 412",
        "UPDATE, Observation, W/6 , 412",
        "UPDATE, Consent,     W/7 , 200",
        "READ,   Consent,     ''  , 200",
    })
    void nameTheVersion(Interaction interaction, String type, String ifMatch, int status) {
        var seen = new Consent();
        seen.setId("Consent/c/_history/7");
        var answer = 200;
        try {
            Preconditions.checkVersion(
                    Action.on(interaction, type), Optional.of(ifMatch).filter(match -> !match.isEmpty()), seen);
        } catch (FailureException refused) {
            answer = refused.getStatusCode();
        }
        assertThat(answer).isEqualTo(status);
    }
}
