package org.rapport.factor;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rapport.access.PublicOrigin;

/**
 * What passkeys are bound to: the host of this server's public origin.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#relying-party-identifier">WebAuthn, relying party identifier</a>
 */
public record RelyingParty(String id, String origin) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");
    private static final String THIS_MACHINE = "localhost";

    /** Empty where there can be no passkeys: at a network address, and without TLS anywhere but on this machine. */
    public static Optional<RelyingParty> of(PublicOrigin origin) {
        var host = URI.create(origin.baseUrl()).getHost();
        boolean trusted = origin.secure() || host.equals(THIS_MACHINE);
        return trusted && !ADDRESS.matcher(host).matches()
                ? Optional.of(new RelyingParty(host, origin.baseUrl()))
                : Optional.empty();
    }
}
