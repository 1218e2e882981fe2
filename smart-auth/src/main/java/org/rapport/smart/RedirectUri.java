package org.rapport.smart;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Compares redirect URIs as text, character by character.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9700#section-2.1">RFC 9700, section 2.1</a>
 */
public final class RedirectUri {

    /** A loopback address by number; a name such as localhost may lead elsewhere. */
    private static final Pattern LOOPBACK_PORT =
            Pattern.compile("^(http://(?:127\\.0\\.0\\.1|\\[::1])):\\d{1,5}(?=/|$)");

    private RedirectUri() {}

    /**
     * Whether an application may be answered at this address.
     *
     * @param anyPort whether a loopback address registered without a port stands for every port (RFC 8252, section 7.3)
     */
    public static boolean isRegistered(Collection<String> registered, String requested, boolean anyPort) {
        if (registered.contains(requested)) {
            return true;
        }
        return anyPort && registered.contains(LOOPBACK_PORT.matcher(requested).replaceFirst("$1"));
    }
}
