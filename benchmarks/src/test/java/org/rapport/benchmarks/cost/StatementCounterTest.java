package org.rapport.benchmarks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import org.junit.jupiter.api.Test;

class StatementCounterTest {

    private final StatementCounter counter = new StatementCounter(Set.of("audit_entry"), Pattern.compile("index-.*"));

    @Test
    void countsABatchOnce() {
        counter.record();

        execute("insert into hfj_res_link values (?)", 30);

        assertThat(counter.count()).isEqualTo(1);
        assertThat(counter.recorded()).containsExactly("insert into hfj_res_link values (?) -- batch of 30");
    }

    @Test
    void leavesOutWhatIsWrittenToAnUncountedTable() {
        execute("INSERT INTO public.audit_entry(id) VALUES (?)", 1);
        execute("insert into audit_entry_detail (id) values (?)", 1);
        execute("select * from audit_entry", 1);

        assertThat(counter.count()).isEqualTo(2);
    }

    @Test
    void keepsTextsOnlyWhenAsked() {
        execute("select 1", 1);

        assertThat(counter.recorded()).isEmpty();
    }

    @Test
    void leavesOutWhatTheBackgroundDoes() throws InterruptedException {
        var index = new Thread(() -> execute("select 1", 1), "index-1");
        index.start();
        index.join();

        assertThat(counter.count()).isZero();
    }

    private void execute(String text, int size) {
        var execution = new ExecutionInfo();
        execution.setBatchSize(size);
        counter.afterQuery(execution, List.copyOf(Collections.nCopies(size, new QueryInfo(text))));
    }
}
