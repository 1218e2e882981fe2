package org.rapport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void fillInWhatWasLeftOut() {
        var options = options("--a=http://127.0.0.1:8080/fhir", "--rate=50", "--duration=3");

        assertThat(options.has("a")).isTrue();
        assertThat(options.has("b")).isFalse();
        assertThat(options.load().paced()).isTrue();
        assertThat(options.load().duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.load().workers()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--speed=9", "a=x", "--a", "read"})
    void refuseAnUnknownName(String argument) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(argument))
                .withMessage("Unknown option \"%s\"; --help lists them.", argument);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--workers=0", "--workers=257", "--duration=3601", "--rate=-1", "--rate=many", "--count=-1"})
    void refuseAnUnboundedLoad(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> options(argument).load());
    }

    @Test
    void refuseAServerOnAnotherMachine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("--a=http://192.0.2.1/fhir").server("a"))
                .withMessageContaining("on this machine");
    }

    private static Options options(String... arguments) {
        return new Options(arguments, Clock.systemUTC());
    }
}
