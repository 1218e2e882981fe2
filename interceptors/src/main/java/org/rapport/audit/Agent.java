package org.rapport.audit;

import java.util.Optional;
import org.rapport.access.Caller;
import org.rapport.access.Caller.Role;

/**
 * Who acted, as far as it is known.
 *
 * @param subject the user's name, or the client id where no user is behind the request
 * @param client the app
 * @param fhirUser the user's own resource, relative
 * @param address the network address it came from
 * @param authority by what right
 */
public record Agent(
        Optional<String> subject,
        Optional<String> client,
        Optional<String> fhirUser,
        Optional<String> address,
        Authority authority) {

    /**
     * By what right somebody acts.
     *
     * @param token id of the access token, its {@code jti}
     * @param purpose purpose of use, a code of v3-ActReason such as TREAT
     */
    public record Authority(Optional<String> token, Optional<String> purpose) {

        /** No token, and no purpose that is known. */
        public static final Authority NONE = new Authority(Optional.empty(), Optional.empty());
    }

    /** Somebody whose right is not known. */
    public Agent(
            Optional<String> subject, Optional<String> client, Optional<String> fhirUser, Optional<String> address) {
        this(subject, client, fhirUser, address, Authority.NONE);
    }

    /** The server itself, at work in the background. */
    public static final Agent SERVER =
            new Agent(Optional.of("rapport"), Optional.empty(), Optional.empty(), Optional.empty());

    /** Who it is in one word: the user, else the application. */
    public String name() {
        return subject.or(() -> client).orElse("unknown");
    }

    /** Somebody with a token; who names no purpose acts for that of the role. */
    static Agent of(Caller caller, Optional<String> address, Authority authority) {
        return new Agent(
                Optional.of(caller.subject()),
                Optional.of(caller.clientId()),
                caller.fhirUser(),
                address,
                new Authority(authority.token(), authority.purpose().or(() -> usualPurpose(caller))));
    }

    private static Optional<String> usualPurpose(Caller caller) {
        if (caller.is(Role.CLINICIAN) || caller.is(Role.CARE_MANAGER)) {
            return Optional.of("TREAT");
        }
        return caller.is(Role.PATIENT) || caller.is(Role.PROXY) ? Optional.of("PATRQT") : Optional.empty();
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
