package org.rapport.failure.hapi;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.rapport.failure.Failure;

/** Carries a {@link Failure} through the FHIR server; what is thrown is what the caller is told. */
public final class FailureException extends BaseServerResponseException {

    private static final long serialVersionUID = 1L;

    /** An answer as it is. */
    public FailureException(Failure failure) {
        this(failure, Optional.empty());
    }

    /** An answer whose body names the request. */
    public FailureException(Failure failure, Optional<String> requestId) {
        super(failure.status(), failure.diagnostics(), outcome(failure, requestId));
        failure.headers().forEach(this::addResponseHeader);
    }

    /** An answer with an outcome of its own, such as a validator's. */
    FailureException(Failure failure, OperationOutcome outcome) {
        super(failure.status(), failure.diagnostics(), outcome);
        failure.headers().forEach(this::addResponseHeader);
    }

    /** None: it is an answer, and HAPI would log the trace of each. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The body of an answer. */
    static OperationOutcome outcome(Failure failure, Optional<String> requestId) {
        var outcome = new OperationOutcome();
        var issue = outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(IssueType.fromCode(failure.code()))
                .setDiagnostics(failure.diagnostics());
        requestId.map(Failure::details).ifPresent(issue.getDetails()::setText);
        return outcome;
    }
}
