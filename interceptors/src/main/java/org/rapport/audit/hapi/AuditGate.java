package org.rapport.audit.hapi;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Arrays;
import java.util.Set;
import org.rapport.failure.Failure;
import org.rapport.failure.hapi.FailureException;

/**
 * Refuses what would reach AuditEvents by way of other types, or others by way of them: they do not lie where HAPI
 * searches, and an empty answer would be a wrong one.
 */
@Interceptor(order = AuditGate.ORDER)
class AuditGate {

    /** After the access decision, which may refuse the request altogether. */
    static final int ORDER = -900;

    private static final String TYPE = "AuditEvent";
    private static final Set<String> JOINS = Set.of("_include", "_revinclude", "_has");

    /**
     * Looks at the parameters.
     *
     * @throws FailureException 400 for a chain, an inclusion or an export over AuditEvents
     */
    @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
    public void check(ServletRequestDetails request) {
        boolean itself = TYPE.equals(request.getResourceName());
        for (var parameter : request.getParameters().entrySet()) {
            var name = parameter.getKey();
            var join = name.split(":", 2)[0];
            boolean joins = JOINS.contains(join) || name.indexOf('.') >= 0;
            boolean names = name.contains(":" + TYPE)
                    || (joinsByValue(join)
                            && Arrays.stream(parameter.getValue()).anyMatch(AuditGate::namesIt));
            if ((itself && joins) || names) {
                throw new FailureException(
                        Failure.of(400, "not-supported", "AuditEvents are searched by themselves alone"));
            }
        }
    }

    private static boolean joinsByValue(String name) {
        return JOINS.contains(name) || name.equals("_type") || name.equals("_typeFilter");
    }

    private static boolean namesIt(String value) {
        return Arrays.stream(value.split("[,:?]", -1)).anyMatch(TYPE::equals);
    }
}
