package org.rapport.audit;

import java.util.Optional;
import org.rapport.access.Caller;

/**
 * Who acted, as far as it is known.
 *
 * @param subject the user's name, or the client id where no user is behind the request
 * @param client the app
 * @param fhirUser the user's own resource, relative
 * @param address the network address it came from
 */
public record Agent(
        Optional<String> subject, Optional<String> client, Optional<String> fhirUser, Optional<String> address) {

    /** The server itself, at work in the background. */
    public static final Agent SERVER =
            new Agent(Optional.of("rapport"), Optional.empty(), Optional.empty(), Optional.empty());

    /** Somebody with a token. */
    static Agent of(Caller caller, Optional<String> address) {
        return new Agent(Optional.of(caller.subject()), Optional.of(caller.clientId()), caller.fhirUser(), address);
    }

    /** Whoever holds a link that was sent to a patient. */
    static Agent holderOfALink(String address) {
        return new Agent(Optional.of("link"), Optional.empty(), Optional.empty(), Optional.of(address));
    }

    /** Somebody whom the server knows by a user name. */
    public static Agent signedIn(String username, String address) {
        return new Agent(Optional.of(username), Optional.empty(), Optional.empty(), Optional.of(address));
    }

    /** An application that acts by itself. */
    public static Agent client(String clientId, String address) {
        return new Agent(Optional.of(clientId), Optional.of(clientId), Optional.empty(), Optional.of(address));
    }

    /** Somebody who has not said who they are. */
    public static Agent unknown(String address) {
        return new Agent(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(address));
    }
}
