package org.rapport.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessCpuTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void growsWithTheWorkOfAProcess() {
        var cpu = new ProcessCpu(List.of(ProcessHandle.current().pid()));
        var before = cpu.used();

        var sum = 0.0;
        for (var end = System.nanoTime() + Duration.ofMillis(200).toNanos(); System.nanoTime() < end; ) {
            sum += Math.sqrt(sum + 1);
        }

        assertThat(sum).isPositive();
        assertThat(cpu.used()).isGreaterThan(before);
    }

    @Test
    void isZeroWithoutProcesses() {
        assertThat(new ProcessCpu(List.of()).used()).isZero();
    }
}
