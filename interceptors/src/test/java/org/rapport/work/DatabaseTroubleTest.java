package org.rapport.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "55P03", "57P01", "25P03", "58030"})
    void isWhatPasses(String state) {
        var failure = new IllegalStateException(new SQLException("", state));
        assertThatThrownBy(() -> DatabaseTrouble.unlessBehind(failure)).isSameAs(failure);
    }

    @Test
    void isAPoolWithoutConnections() {
        var failure = new IllegalStateException(new SQLTransientConnectionException("time-out"));
        assertThatThrownBy(() -> DatabaseTrouble.unlessBehind(failure)).isSameAs(failure);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"22P02", "42601", "57014"})
    void isNothingThatComesAgain(String state) {
        assertThat(DatabaseTrouble.unlessBehind(new IllegalStateException(new SQLException("secret", state))))
                .isEqualTo("IllegalStateException < SQLException " + state);
    }
}
