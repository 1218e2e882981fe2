package org.rapport.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BudgetTest {

    private static final Budget BUDGET = new Budget(12, 10, 8000);

    @Test
    void isKeptAtItsLimits() {
        assertThat(BUDGET.excess(new Cost(12, 9, 1, 0, 99_999, 8000))).isEmpty();
    }

    @Test
    void namesEachLimitThatIsPassed() {
        assertThat(BUDGET.excess(new Cost(12.1, 9, 1, 1, 0, 8001)))
                .containsExactly(
                        "12.1 SQL executions, at most 12.0 allowed",
                        "11.0 rows written, at most 10.0 allowed",
                        "8001.0 bytes stored per resource, at most 8000.0 allowed");
    }
}
