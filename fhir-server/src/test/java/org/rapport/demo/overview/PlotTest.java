package org.rapport.demo.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlotTest {

    @Test
    void drawsFromTheLowestToTheHighestOverTheWholeWidth() {
        assertThat(plot("60", "100", "80").points()).isEqualTo("10.0,110.0 300.0,10.0 590.0,60.0");
    }

    @Test
    void keepsEqualNumbersOnTheGround() {
        assertThat(plot("72.50", "72.50").points()).isEqualTo("10.0,110.0 590.0,110.0");
    }

    @Test
    void drawsNothingForOneNumberAndSaysWhatItShows() {
        assertThat(plot("72").points()).isEmpty();
        assertThat(plot().words()).isEqualTo("No readings yet");
        assertThat(plot("60", "72.50").words()).isEqualTo("2 readings, from 60 to 72.50");
    }

    private static Plot plot(String... numbers) {
        return new Plot(Stream.of(numbers).map(BigDecimal::new).toList());
    }

    @Test
    void keepsItsOwnCopyOfTheNumbers() {
        var numbers = new ArrayList<>(List.of(BigDecimal.ONE));
        var plot = new Plot(numbers);
        numbers.clear();
        assertThat(plot.numbers()).hasSize(1);
    }
}
