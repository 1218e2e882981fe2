package org.rapport.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rapport.benchmarks.workload.Operation;

class BudgetsTest {

    private static final Path FILE = Path.of("budgets.properties");

    @TempDir
    private Path folder;

    @Test
    void nameALimitForEveryOperation() {
        assertThat(Budgets.read(FILE).byOperation()).containsOnlyKeys(Operation.values());
    }

    @Test
    void stayWithinWhatWasPromised() {
        var budgets = Budgets.read(FILE);

        assertThat(budgets.of(Operation.CREATE).executions()).isLessThanOrEqualTo(12);
        assertThat(budgets.of(Operation.CREATE).rows())
                .as("ten, and two of the change log and the audit")
                .isLessThanOrEqualTo(12);
        assertThat(budgets.of(Operation.TRANSACTION).executions()).isLessThanOrEqualTo(200);
        assertThat(budgets.of(Operation.READ).executions()).isLessThanOrEqualTo(4);
        assertThat(Operation.values())
                .filteredOn(operation -> operation.label().startsWith("search"))
                .hasSize(5)
                .extracting(budgets::of)
                .allSatisfy(search -> {
                    assertThat(search.executions()).isLessThanOrEqualTo(7);
                    assertThat(search.rows()).isLessThanOrEqualTo(1);
                });
    }

    @Test
    void refuseALimitThatIsNoNumber() throws IOException {
        var file = folder.resolve("budgets.properties");
        Files.writeString(file, Files.readString(FILE).replace("read.rows = 1", "read.rows = few"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budgets.read(file))
                .withMessage("Expected a number as read.rows, not \"few\"");
    }
}
