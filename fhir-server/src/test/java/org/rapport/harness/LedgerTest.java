package org.rapport.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapport.harness.Ledger.Differences;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @BeforeEach
    void sendThree() {
        ledger.attempt("one", List.of("a"));
        ledger.attempt("pair", List.of("b", "c"));
        ledger.attempt("lost", List.of("d", "e"));
        ledger.acknowledged("one");
        ledger.acknowledged("pair");
    }

    @Test
    void isContentWithWhatWasAcknowledged() {
        assertThat(ledger.compare(List.of("a", "b", "c"))).isEqualTo(Differences.NONE);
    }

    @Test
    void isContentWithWhatNobodyKnew() {
        assertThat(ledger.compare(List.of("a", "b", "c", "d", "e"))).isEqualTo(Differences.NONE);
    }

    @Test
    void missesWhatWasAcknowledged() {
        assertThat(ledger.compare(List.of("a")).missing()).containsExactly("b", "c");
    }

    @Test
    void findsHalfOfWhatNobodyKnew() {
        assertThat(ledger.compare(List.of("a", "b", "c", "d")).half()).containsExactly("lost");
    }

    @Test
    void findsWhatIsThereTwice() {
        assertThat(ledger.compare(List.of("a", "b", "c", "b")).twice()).containsExactly("b");
    }

    @Test
    void findsWhatWasRefusedOrNeverSent() {
        ledger.refused("lost");
        assertThat(ledger.compare(List.of("a", "b", "c", "d", "e", "x")).unexplained())
                .containsExactly("d", "e", "x");
    }
}
