package org.rapport.failure.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.NotModifiedException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.rapport.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception into an OperationOutcome that tells nothing about the inside; the one place that does. */
@Interceptor
class FailureInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(FailureInterceptor.class);

    private final Supplier<UUID> ids;

    FailureInterceptor(Supplier<UUID> ids) {
        this.ids = ids;
    }

    /** What is answered instead of an exception. */
    @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
    public BaseServerResponseException translate(ServletRequestDetails request, Throwable exception) {
        if (exception instanceof NotModifiedException notModified) {
            return notModified;
        }
        if (exception instanceof FailureException failure) {
            return failure;
        }
        var kind = FailureKind.of(exception).orElseGet(() -> unforeseen(exception));
        LOG.debug("Answering {} for {}", kind.status(), Diagnostics.code(exception));
        var known = kind.status() < 500 ? Explanation.of(exception.getMessage()) : Optional.<Failure>empty();
        if (known.isPresent()) {
            return new FailureException(known.get());
        }
        if (kind.status() == 403) {
            return new FailureException(kind, Optional.ofNullable(request.getRequestId()));
        }
        return ofValidator(kind, exception).orElseGet(() -> new FailureException(explained(kind, request, exception)));
    }

    /** The entries of a batch fail one by one and never come by {@link #translate}. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void translateEntries(ResponseDetails response) {
        if (response.getResponseResource() instanceof Bundle bundle) {
            bundle.getEntry().stream()
                    .filter(entry -> entry.getResponse().hasStatus())
                    .forEach(this::translateEntry);
        }
    }

    private void translateEntry(BundleEntryComponent entry) {
        var status = entry.getResponse().getStatus();
        if (!status.startsWith("4") && !status.startsWith("5")) {
            return;
        }
        var failure = FailureKind.ofStatus(Integer.parseInt(status.substring(0, 3)))
                .orElseGet(() -> Failure.internal(logged(status)));
        entry.getResponse().setOutcome(FailureException.outcome(failure, Optional.empty()));
    }

    /** What a validator found is about the caller's own resource, and of no use without the details. */
    private static Optional<FailureException> ofValidator(Failure kind, Throwable exception) {
        return kind.status() == 422
                        && exception instanceof BaseServerResponseException response
                        && response.getOperationOutcome() instanceof OperationOutcome outcome
                        && outcome.getIssue().stream().anyMatch(issue -> issue.hasLocation() || issue.hasExpression())
                ? Optional.of(new FailureException(kind, outcome))
                : Optional.empty();
    }

    private static Failure explained(Failure kind, RequestDetails request, Throwable exception) {
        if (kind.status() == 409 && request.getHeader(Constants.HEADER_IF_MATCH) != null) {
            return Failure.PRECONDITION_FAILED;
        }
        if (kind.status() != 400) {
            return kind;
        }
        boolean aboutUrl =
                request.getRequestType() == RequestTypeEnum.GET || request.getRequestType() == RequestTypeEnum.DELETE;
        if (aboutUrl && kind.code().equals("structure")) {
            return Failure.invalid("A parameter has a value that is not of its type");
        }
        return aboutUrl && kind.code().equals("invalid")
                ? Diagnostics.cleaned(request, exception.getMessage())
                        .map(Failure::invalid)
                        .orElse(kind)
                : kind;
    }

    private Failure unforeseen(Throwable exception) {
        var id = ids.get().toString();
        LOG.error("Internal error, id={}", id, exception);
        return Failure.internal(id);
    }

    private String logged(String status) {
        var id = ids.get().toString();
        LOG.error("Internal error in an entry of a bundle, id={}, status {}", id, status);
        return id;
    }
}
