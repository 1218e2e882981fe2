package org.rapport.export;

import java.util.Optional;
import org.rapport.access.Caller;
import org.rapport.audit.Agent;

/**
 * In whose name an export is made, and how the audit log calls it.
 *
 * @param caller a system; its purpose is known
 * @param agent the same for the audit log
 * @param request id of the request that began it
 */
public record Requester(Caller caller, Agent agent, String request) {

    /** A system whose token names no purpose takes data for the treatment, for which the house works. */
    private static final String TREATMENT = "TREAT";

    /** The sender of a request. */
    public static Requester of(Caller sender, Agent agent, String request) {
        var purpose = Optional.of(sender.purpose().orElse(TREATMENT));
        var caller = new Caller(
                sender.subject(),
                sender.clientId(),
                sender.roles(),
                sender.scopes(),
                sender.fhirUser(),
                sender.patient(),
                purpose);
        var authority = new Agent.Authority(agent.authority().token(), purpose);
        return new Requester(
                caller,
                new Agent(agent.subject(), agent.client(), agent.fhirUser(), agent.address(), authority),
                request);
    }
}
