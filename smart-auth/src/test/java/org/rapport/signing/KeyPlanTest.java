package org.rapport.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyPlanTest {

    private static final Duration OVERLAP = Duration.ofHours(1);

    @Test
    void letsKeysOverlapForLongerThanTokensLive() {
        var plan = new KeyPlan(Duration.ofDays(90), OVERLAP);

        assertThat(plan.outliving(Duration.ofMinutes(5))).isEqualTo(plan);
        assertThat(plan.outliving(OVERLAP).overlap()).isEqualTo(OVERLAP.plusMinutes(5));
    }
}
