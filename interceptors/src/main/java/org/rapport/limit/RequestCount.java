package org.rapport.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.rapport.access.Caller;

/** Tells who comes too often; each instance counts for itself. */
public final class RequestCount {

    /** How many users, clients and addresses are remembered, of each kind; about 200 bytes each. */
    private static final int REMEMBERED = 20_000;

    private static final int GROUPS_OF_A_NETWORK = 4;

    private final TokenBuckets users;
    private final TokenBuckets clients;
    private final TokenBuckets systems;
    private final TokenBuckets addresses;

    public RequestCount(RequestRates rates, Clock clock) {
        users = new TokenBuckets(rates.user(), REMEMBERED, clock);
        clients = new TokenBuckets(rates.client(), REMEMBERED, clock);
        systems = new TokenBuckets(rates.system(), REMEMBERED, clock);
        addresses = new TokenBuckets(rates.address(), REMEMBERED, clock);
    }

    /**
     * Counts a request of a caller.
     *
     * @return empty when it may go on, else after what time to try again
     */
    public Optional<Duration> of(Caller caller) {
        return caller.actsAlone()
                ? systems.take(caller.clientId())
                : users.take(caller.subject()).or(() -> clients.take(caller.clientId()));
    }

    /**
     * Counts a request from an address, of whomever.
     *
     * @param address of IPv4, or of IPv6, where the half that names a network counts
     * @return empty when it may go on, else after what time to try again
     */
    public Optional<Duration> from(String address) {
        return addresses.take(network(address));
    }

    /** Who has one address of IPv6 has 2^64 of them. */
    private static String network(String address) {
        var groups = address.split(":", -1);
        return groups.length == 8 ? String.join(":", Arrays.copyOf(groups, GROUPS_OF_A_NETWORK)) : address;
    }
}
