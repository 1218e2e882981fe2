package org.rapport.failure.hapi;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rapport.changes.ChangesUnrecorded;
import org.rapport.failure.Failure;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.BadSqlGrammarException;

class FailureKindTest {

    @ParameterizedTest(name = "SQLSTATE {0} is answered {1}")
    @CsvSource({
        "08001, 503",
        "08006, 503",
        "53100, 503",
        "53300, 503",
        "57P01, 503",
        "57P03, 503",
        "58030, 503",
        "40001, 409",
        "40P01, 409",
        "55P03, 503",
        "23505, 409",
        "23P01, 409",
        "57014, 400",
        "22001, 400",
        "22003, 400",
    })
    void knowsTheDatabasesReasons(String state, int status) {
        var exception = new InternalErrorException(new RuntimeException(new SQLException("secret", state)));
        assertThat(FailureKind.of(exception).orElseThrow().status()).isEqualTo(status);
    }

    /** HAPI takes whatever the database refuses to store for a conflict of versions. */
    @Test
    void knowsAnErrorOfDataFromAConflict() {
        var refused = new DataIntegrityViolationException("x", new SQLException("secret", "22001"));
        assertThat(FailureKind.of(new ResourceVersionConflictException("x").initCause(refused)))
                .hasValueSatisfying(
                        answer -> assertThat(answer.diagnostics()).startsWith("A value is longer or larger"));
    }

    @Test
    void knowsAnExhaustedPool() {
        assertThat(FailureKind.of(new RuntimeException(new SQLTransientConnectionException("timed out"))))
                .contains(Failure.UNAVAILABLE);
    }

    @Test
    void knowsAChangeThatCannotBeRecorded() {
        var refusal = new ChangesUnrecorded(new BadSqlGrammarException("x", "x", new SQLException("secret", "42P01")));
        assertThat(FailureKind.of(new InternalErrorException("x", refusal))).contains(Failure.UNAVAILABLE);
    }

    @Test
    void knowsAConflictByItsKind() {
        assertThat(FailureKind.of(new CannotAcquireLockException("x"))).contains(Failure.CONFLICT);
    }

    static Stream<Exception> foreseen() {
        return Stream.of(
                new InvalidRequestException("x"),
                new ForbiddenOperationException("x"),
                new ResourceNotFoundException("x"),
                new ResourceGoneException("x"),
                new UnprocessableEntityException("x"),
                new DataFormatException("x"));
    }

    @ParameterizedTest
    @MethodSource("foreseen")
    void foreseesWhatHapiSaysOnPurpose(Exception exception) {
        assertThat(FailureKind.of(exception).orElseThrow().diagnostics()).isNotEqualTo("x");
    }

    @Test
    void doesNotForeseeTheRest() {
        assertThat(FailureKind.of(new IllegalStateException("x"))).isEmpty();
        assertThat(FailureKind.of(new InternalErrorException("x"))).isEmpty();
        assertThat(FailureKind.of(new RuntimeException(new SQLException("syntax", "42601"))))
                .isEmpty();
        assertThat(FailureKind.of(new StackOverflowError())).isEmpty();
    }
}
