package org.rapport.suspicion;

import java.util.Arrays;

/**
 * The network that an address belongs to.
 *
 * @param prefix the text that its addresses begin with
 */
public record Network(String prefix) {

    private static final int GROUPS = 3;

    /** The first three bytes of IPv4, the first 48 bits of IPv6. */
    static Network of(String address) {
        var separator = address.indexOf(':') < 0 ? "." : ":";
        var groups = address.split("[.:]", -1);
        return new Network(
                groups.length <= GROUPS ? address : String.join(separator, Arrays.copyOf(groups, GROUPS)) + separator);
    }
}
