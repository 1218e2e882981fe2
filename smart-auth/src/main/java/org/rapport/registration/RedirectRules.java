package org.rapport.registration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Decides where an application that nobody has looked at may have its codes sent: over https, or to the device it runs
 * on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7">RFC 8252, section 7</a>
 */
final class RedirectRules {

    private static final int LONGEST = 500;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

    private RedirectRules() {}

    /**
     * Whether a code may be sent there.
     *
     * @param onDevice whether the application runs on the user's device and has no secret
     */
    static boolean allow(String text, boolean onDevice) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme();
            if (scheme == null
                    || text.length() > LONGEST
                    || text.contains("*")
                    || uri.getRawFragment() != null
                    || uri.getRawUserInfo() != null) {
                return false;
            }
            return switch (scheme) {
                case "https" -> uri.getHost() != null;
                case "http" -> onDevice && LOOPBACK.contains(String.valueOf(uri.getHost()));
                default -> onDevice && isOwnScheme(scheme) && !uri.isOpaque();
            };
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A scheme made of the application's own domain name, reversed, is nobody else's. */
    private static boolean isOwnScheme(String scheme) {
        return scheme.contains(".") && scheme.equals(scheme.toLowerCase(Locale.ROOT));
    }
}
