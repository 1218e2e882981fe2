package org.rapport.gate.hapi;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOperationStatusEnum;
import ca.uhn.fhir.rest.server.interceptor.consent.ConsentOutcome;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentContextServices;
import ca.uhn.fhir.rest.server.interceptor.consent.IConsentService;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Action.Interaction;
import org.rapport.access.hapi.CallerAccess;
import org.rapport.access.hapi.RequestActions;
import org.rapport.search.hapi.Inclusion;
import org.rapport.search.hapi.SearchesUnderWay;

/**
 * Lets no resource out that the caller may not see, whatever way it was found.
 *
 * <p>A permit answers PROCEED, never AUTHORIZED: AUTHORIZED would skip the consent services that run after this one.
 */
final class ResultFilter implements IConsentService {

    private static final Set<Interaction> WRITES =
            EnumSet.of(Interaction.CREATE, Interaction.UPDATE, Interaction.PATCH, Interaction.DELETE);
    private static final Set<BundleType> ANSWERS = EnumSet.of(
            BundleType.SEARCHSET, BundleType.HISTORY, BundleType.BATCHRESPONSE, BundleType.TRANSACTIONRESPONSE);

    private final CallerAccess.Source callers;

    ResultFilter(CallerAccess.Source callers) {
        this.callers = callers;
    }

    @Override
    public ConsentOutcome startOperation(RequestDetails request, IConsentContextServices services) {
        return ConsentOutcome.PROCEED;
    }

    @Override
    public boolean shouldProcessCanSeeResource(RequestDetails request, IConsentContextServices services) {
        return !asksWhenShown(request);
    }

    /**
     * Whether what is found is asked about when it is going to be shown, and not before: a search is bound to the caller's
     * reach by then, and HAPI would read each match twice to ask about it twice. Where it includes, what is hidden must be
     * out before: it would take part of the number of inclusions.
     */
    static boolean asksWhenShown(RequestDetails request) {
        return request instanceof ServletRequestDetails
                && RequestActions.of(request).interaction() == Interaction.SEARCH
                && request.getParameters().keySet().stream().noneMatch(Inclusion::isNamed);
    }

    @Override
    public ConsentOutcome canSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        return callers.of(request).isEmpty() || maySee(request, (Resource) resource)
                ? ConsentOutcome.PROCEED
                : ConsentOutcome.REJECT;
    }

    @Override
    public ConsentOutcome willSeeResource(
            RequestDetails request, IBaseResource resource, IConsentContextServices services) {
        if (callers.of(request).isEmpty()
                || isWrapping(resource)
                || ResultInterceptor.isHeld(request, (Resource) resource)) {
            return ConsentOutcome.PROCEED;
        }
        if (maySee(request, (Resource) resource)) {
            ResultInterceptor.noteShown(request, (Resource) resource);
            if (resource instanceof Bundle document && isOpenByEntries(request)) {
                ResultInterceptor.noteHeld(request, document);
            }
            return ConsentOutcome.PROCEED;
        }
        return WRITES.contains(RequestActions.of(request).interaction())
                ? new ConsentOutcome(ConsentOperationStatusEnum.REJECT, done())
                : ConsentOutcome.REJECT;
    }

    @Override
    public void completeOperationSuccess(RequestDetails request, IConsentContextServices services) {
        // nothing is kept beyond a request
    }

    @Override
    public void completeOperationFailure(
            RequestDetails request, BaseServerResponseException exception, IConsentContextServices services) {
        // nothing is kept beyond a request
    }

    private boolean maySee(RequestDetails request, Resource resource) {
        var action = RequestActions.of(request);
        boolean match =
                action.interaction() == Interaction.SEARCH && action.type().equals(resource.fhirType());
        Optional<CallerAccess> access = callers.of(request);
        boolean may = access.isPresent() && access.get().may(match ? Interaction.SEARCH : Interaction.READ, resource);
        if (!may) {
            SearchesUnderWay.leftOut(request);
        }
        return may;
    }

    /** Systems read Bundles whatever they hold, and of that what their scopes open. */
    private boolean isOpenByEntries(RequestDetails request) {
        return callers.of(request)
                .filter(access -> !access.caller().actsAlone())
                .isPresent();
    }

    /** What holds an answer is nobody's data; what is in it is asked about by itself, and contained data belongs to its holder. */
    private static boolean isWrapping(IBaseResource resource) {
        return resource instanceof OperationOutcome
                || resource instanceof Parameters
                || (resource instanceof Bundle bundle && isAnswer(bundle))
                || !resource.getIdElement().hasResourceType();
    }

    /** What is stored has a version, and may be of any type. */
    private static boolean isAnswer(Bundle bundle) {
        return ANSWERS.contains(bundle.getType()) && !bundle.getIdElement().hasVersionIdPart();
    }

    private static OperationOutcome done() {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.INFORMATION)
                .setCode(IssueType.INFORMATIONAL)
                .setDiagnostics("Done");
        return outcome;
    }
}
