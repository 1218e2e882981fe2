package org.rapport.harness.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.harness.audit.Exchange.Line;

class CanariesTest {

    private static final String TOKEN = "eyJhbGciOiJFUzM4NCJ9.e30.signature";

    private final Canaries canaries = new Canaries();

    @BeforeEach
    void sendOne() {
        canaries.token(TOKEN);
        canaries.of(new Exchange("r", new Line("POST", "Observation", ""), """
                        {"resourceType": "Observation", "code": {"text": "sent-text"}, "valueString": "sent-value"}""", 201, """
                        {"resourceType": "Patient", "birthDate": "1971-05-04",
                         "name": [{"family": "Anders", "given": ["Al"]}], "address": [{"line": ["Elm Street 5"]}]}"""));
    }

    @Test
    void areNotInALogOfWhatWasDone() {
        assertThat(canaries.in("INFO Making the demo world in 2026")).isEmpty();
    }

    @Test
    void areTokensAndWhatWasSentAndWhoThePeopleAre() {
        assertThat(canaries.in(TOKEN + " sent-text sent-value 1971-05-04 Anders Elm Street 5"))
                .containsExactlyInAnyOrder(TOKEN, "sent-text", "sent-value", "1971-05-04", "Anders", "Elm Street 5");
    }

    @Test
    void areToldFromTheNamesOfClasses() {
        assertThat(canaries.in("at org.rapport.AndersTranslator.translate(AndersTranslator.java:61)"))
                .isEmpty();
        assertThat(canaries.in("AndersTranslator cannot translate (Anders)")).containsExactly("Anders");
        assertThat(canaries.in("Anders")).containsExactly("Anders");
    }
}
