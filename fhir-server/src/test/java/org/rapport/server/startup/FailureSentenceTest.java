package org.rapport.server.startup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rapport.server.HttpSettings;
import org.rapport.server.StartFailure;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.PortInUseException;

class FailureSentenceTest {

    @EnableConfigurationProperties(HttpSettings.class)
    static class Settings {}

    @Test
    void isThatOfTheFailureHoweverDeepItLies() {
        var failure = new IllegalStateException(new IllegalStateException(new StartFailure("No room.")));
        assertThat(FailureSentence.of(failure)).contains("No room.");
    }

    @Test
    void namesAPortInUse() {
        assertThat(FailureSentence.of(new PortInUseException(8080)).orElseThrow())
                .contains("8080")
                .contains("rapport.http.port");
    }

    @Test
    void isAbsentForAFaultOfTheProduct() {
        assertThat(FailureSentence.of(new IllegalStateException("bug"))).isEmpty();
    }

    @Test
    void namesThePropertyAndTheValueThatAreNotANumber() {
        assertThat(sentenceFor("eighty"))
                .contains("rapport.http.port")
                .contains("\"eighty\"")
                .contains("a whole number");
    }

    @Test
    void namesThePropertyAndTheValueThatAreOutOfRange() {
        assertThat(sentenceFor("70000"))
                .contains("rapport.http.port")
                .contains("70000")
                .contains("65535");
    }

    private static String sentenceFor(String port) {
        var sentence = new String[1];
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues("rapport.http.port=" + port)
                .run(context -> sentence[0] =
                        FailureSentence.of(context.getStartupFailure()).orElse("none of " + Map.of()));
        return sentence[0];
    }
}
