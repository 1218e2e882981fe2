package org.rapport.mask.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.hl7.fhir.r4.model.Resource;
import org.rapport.access.Caller;
import org.rapport.access.Masks;
import org.rapport.access.hapi.CallerAccess;

/** Lets no masked element out, in whatever answer it is: the last look at what a request is answered with. */
@Interceptor(order = MaskInterceptor.ORDER)
public class MaskInterceptor {

    /** After everything that puts resources into an answer or goes by what is in them. */
    static final int ORDER = 9_000;

    private final CallerAccess.Source callers;

    /** By the access of callers. */
    public MaskInterceptor(CallerAccess.Source callers) {
        this.callers = callers;
    }

    /** Puts parts in the place of resources that their reader may not see as a whole. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public void mask(ServletRequestDetails request, ResponseDetails response) {
        if (response.getResponseResource() instanceof Resource answer
                && request.getServletRequest().getAttribute(Caller.class.getName()) instanceof Caller caller
                && Masks.concern(caller.roles())) {
            callers.of(request).ifPresent(access -> response.setResponseResource(new MaskedView(access).of(answer)));
        }
    }
}
