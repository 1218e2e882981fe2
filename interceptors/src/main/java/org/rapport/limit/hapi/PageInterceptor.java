package org.rapport.limit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.HashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;
import org.rapport.limit.RequestLimits;

/** Keeps pages small, in single searches and in those of a batch. */
@Interceptor(order = PageInterceptor.ORDER)
class PageInterceptor {

    /** Before the access decision, which reads the same parameters. */
    static final int ORDER = -2000;

    private static final String COUNT = "_count";
    private static final String OFFSET = "_offset";
    private static final Pattern DIGITS = Pattern.compile("\\d{1,100}");

    /** Bounds the page of a search. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
    public void bound(ServletRequestDetails request) {
        var parameters = new HashMap<>(request.getParameters());
        parameters.computeIfPresent(
                COUNT,
                (name, values) -> Stream.of(values).map(PageInterceptor::count).toArray(String[]::new));
        parameters.computeIfPresent(
                OFFSET,
                (name, values) -> Stream.of(values).map(PageInterceptor::offset).toArray(String[]::new));
        request.setParameters(parameters);
    }

    /** Bounds the pages of the searches in a bundle. */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED)
    public void boundEntries(ServletRequestDetails request) {
        if (request.getResource() instanceof Bundle bundle && request.getResourceName() == null) {
            bundle.getEntry().stream()
                    .map(Bundle.BundleEntryComponent::getRequest)
                    .filter(entry -> entry.getMethod() == Bundle.HTTPVerb.GET && entry.hasUrl())
                    .forEach(entry -> entry.setUrl(boundQuery(entry.getUrl())));
        }
    }

    private static String boundQuery(String url) {
        int query = url.indexOf('?');
        return query < 0
                ? url
                : url.substring(0, query + 1)
                        + Pattern.compile("&")
                                .splitAsStream(url.substring(query + 1))
                                .map(PageInterceptor::boundParameter)
                                .collect(Collectors.joining("&"));
    }

    private static String boundParameter(String parameter) {
        if (parameter.startsWith(COUNT + "=")) {
            return COUNT + "=" + count(parameter.substring(COUNT.length() + 1));
        }
        return parameter.startsWith(OFFSET + "=")
                ? OFFSET + "=" + offset(parameter.substring(OFFSET.length() + 1))
                : parameter;
    }

    private static String count(String value) {
        return number(COUNT, value) > RequestLimits.PAGE ? String.valueOf(RequestLimits.PAGE) : value;
    }

    private static String offset(String value) {
        if (number(OFFSET, value) > RequestLimits.OFFSET) {
            throw new FailureException(Failure.of(400, "too-costly", "_offset is too large; search for less"));
        }
        return value;
    }

    /** The number, or one beyond all limits for a longer one. */
    private static long number(String name, String value) {
        if (!DIGITS.matcher(value).matches()) {
            throw new FailureException(Failure.invalid(name + " is a number from 0 on"));
        }
        return value.length() > 9 ? Long.MAX_VALUE : Long.parseLong(value);
    }
}
