package org.rapport.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

    private static final List<String> TEXTS = List.of("de", "en-GB", "fr");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"de-AT, de", "en, en-GB", "'it, fr;q=0.5', fr", "it,", "'not a range;', "})
    void findTheTextThatFitsBest(String wanted, String best) {
        assertThat(Languages.best(wanted, TEXTS, Function.identity()).orElse(null))
                .isEqualTo(best);
    }

    @Test
    void readNoLongListOfRanges() {
        var many = IntStream.range(0, 60).mapToObj(number -> "qa" + number).collect(Collectors.joining(","));
        assertThat(Languages.best(many + ",de", TEXTS, Function.identity())).isEmpty();
    }
}
