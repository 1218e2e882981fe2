package org.rapport.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks up where an endpoint is, for each request anew. The request goes to the address that was checked, whatever the
 * name says a moment later.
 *
 * @param allowed hosts that may be anywhere
 * @param names looks a name up
 */
public record CheckedAddress(AllowedHosts allowed, Lookup names) {

    /** Looks up all addresses of a name. */
    @FunctionalInterface
    public interface Lookup {

        /**
         * The addresses, at least one.
         *
         * @throws UnknownHostException when there is none
         */
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** Looks names up as this machine does. */
    public static CheckedAddress by(AllowedHosts allowed) {
        return new CheckedAddress(allowed, InetAddress::getAllByName);
    }

    /** Where to send; empty when one of the addresses is not public and the operator has not named the host. */
    public Optional<InetAddress> of(Endpoint endpoint) throws UnknownHostException {
        if (endpoint.objection(allowed).isPresent()) {
            return Optional.empty();
        }
        var found = names.addresses(endpoint.host());
        boolean permitted =
                allowed.contains(endpoint.host()) || Arrays.stream(found).allMatch(PublicAddress::isPublic);
        return permitted ? Optional.of(found[0]) : Optional.empty();
    }
}
