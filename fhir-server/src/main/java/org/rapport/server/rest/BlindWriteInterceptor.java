package org.rapport.server.rest;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** Tells who may write and not read that it is done, where what was written was taken out of the answer. */
@Interceptor
class BlindWriteInterceptor {

    private static final Set<RestOperationTypeEnum> WRITES =
            Set.of(RestOperationTypeEnum.CREATE, RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.PATCH);

    /** Puts an OperationOutcome in the place of nothing, unless nothing was asked for. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void tell(ServletRequestDetails request, ResponseDetails response) {
        var operation = request.getRestOperationType();
        if (response.getResponseResource() == null
                && operation != null
                && WRITES.contains(operation)
                && !wantsNothing(request)) {
            var outcome = new OperationOutcome();
            outcome.addIssue().setSeverity(IssueSeverity.INFORMATION).setCode(IssueType.INFORMATIONAL);
            response.setResponseResource(outcome);
        }
    }

    private static boolean wantsNothing(ServletRequestDetails request) {
        var prefer = RestfulServerUtils.parsePreferHeader(request.getHeader(Constants.HEADER_PREFER));
        return prefer.getReturn() == PreferReturnEnum.MINIMAL;
    }
}
