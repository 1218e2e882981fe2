package org.rapport.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Tells addresses of the public Internet from those of our own house, its neighbours and nobody.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA special-purpose addresses</a>
 */
public final class PublicAddress {

    private PublicAddress() {}

    /** Whether an address belongs to the public Internet; translations and tunnels of IPv4 do not count. */
    public static boolean isPublic(InetAddress address) {
        boolean own = address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
        var bytes = address.getAddress();
        return !own && (address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes));
    }

    private static boolean isPublic4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return switch (first) {
            case 0 -> false;
            case 100 -> second < 64 || second > 127;
            case 192 -> second != 0 || (third != 0 && third != 2);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> second != 0 || third != 113;
            default -> first < 224;
        };
    }

    /** Of what is global unicast (2000::/3) not Teredo, documentation and 6to4. */
    private static boolean isPublic6(byte[] bytes) {
        int first = word(bytes, 0);
        int second = word(bytes, 2);
        boolean special =
                first == 0x2002 || first == 0x3fff || (first == 0x2001 && (second < 0x200 || second == 0xdb8));
        return first >= 0x2000 && first <= 0x3fff && !special;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) * 256 + (bytes[at + 1] & 0xff);
    }
}
