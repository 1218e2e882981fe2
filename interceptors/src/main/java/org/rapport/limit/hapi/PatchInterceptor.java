package org.rapport.limit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Keeps the paths of FHIRPath patches to elements, indexes and comparisons with a text: no function of the caller's choice,
 * such as one with a regular expression, is ever run.
 *
 * @see <a href="https://hl7.org/fhir/R4/fhirpatch.html">FHIRPath Patch</a>
 */
@Interceptor
class PatchInterceptor {

    private static final Pattern PATH = Pattern.compile(
            "[A-Za-z]{1,64}(?:\\.[A-Za-z]{1,64}|\\[\\d{1,4}]|\\.where\\([A-Za-z.]{1,64} ?= ?'[^'\\\\]{0,200}'\\)){0,20}");
    private static final Failure NOT_PLAIN =
            Failure.of(422, "processing", "The path of a patch has elements, indexes and where(element = 'text') only");

    /** Looks at a patch, and at those of a bundle. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void check(ServletRequestDetails request, RestOperationTypeEnum operation) {
        boolean plain = patches(operation, request.getResource())
                .filter(Parameters.class::isInstance)
                .flatMap(patch -> ((Parameters) patch).getParameter().stream())
                .flatMap(change -> change.getPart().stream())
                .filter(part -> "path".equals(part.getName()))
                .map(PatchInterceptor::text)
                .allMatch(path -> PATH.matcher(path).matches());
        if (!plain) {
            throw new FailureException(NOT_PLAIN);
        }
    }

    private static Stream<IBaseResource> patches(RestOperationTypeEnum operation, IBaseResource body) {
        if (body instanceof Bundle bundle && operation == RestOperationTypeEnum.TRANSACTION) {
            return bundle.getEntry().stream()
                    .filter(entry -> entry.getRequest().getMethod() == Bundle.HTTPVerb.PATCH)
                    .map(Bundle.BundleEntryComponent::getResource);
        }
        return operation == RestOperationTypeEnum.PATCH ? Stream.of(body).filter(Objects::nonNull) : Stream.empty();
    }

    private static String text(ParametersParameterComponent part) {
        return part.hasValue() && part.getValue().isPrimitive()
                ? part.getValue().primitiveValue()
                : "";
    }
}
