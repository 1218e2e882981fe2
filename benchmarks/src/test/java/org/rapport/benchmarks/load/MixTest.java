package org.rapport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rapport.benchmarks.workload.Operation.CREATE;
import static org.rapport.benchmarks.workload.Operation.READ;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {

    @Test
    void repeatsItsOperationsByWeight() {
        var mix = Mix.parse("create:2, read");

        assertThat(mix.cycle()).containsExactly(CREATE, CREATE, READ);
        assertThat(mix.operation(5)).isEqualTo(READ);
        assertThat(mix.operation(6)).isEqualTo(CREATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "drop-tables", "read:0", "read:101", "read:x", "read:"})
    void refusesWhatItCannotDo(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Mix.parse(text));
    }
}
