package org.rapport.labelling.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.rapport.access.TypeRule;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.labelling.Labelling;

/**
 * Labels each resource of a record inside the transaction that writes it, whoever does. Nobody lowers a label by a write.
 *
 * <p>Runs after those who judge a write, so that it says nothing to who may not write.
 */
@Interceptor(order = LabelInterceptor.ORDER)
class LabelInterceptor {

    static final int ORDER = 100;

    private final Labelling labelling;

    LabelInterceptor(Labelling labelling) {
        this.labelling = labelling;
    }

    /** A new resource. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
    public void create(IBaseResource resource) {
        if (isOfARecord(resource)) {
            labelling.label((Resource) resource);
        }
    }

    /** A new version. */
    @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
    public void update(@Nullable RequestDetails request, @Nullable IBaseResource before, IBaseResource after) {
        if (!(before instanceof Resource last)) {
            create(after);
        } else if (isOfARecord(after)) {
            if (Labelling.lowers(last, (Resource) after)) {
                throw new FailureException(
                        Failure.DENIED, Optional.ofNullable(request).map(RequestDetails::getRequestId));
            }
            labelling.label(last, (Resource) after);
        }
    }

    private static boolean isOfARecord(IBaseResource resource) {
        return TypeRule.of(resource.fhirType()).labelled();
    }
}
