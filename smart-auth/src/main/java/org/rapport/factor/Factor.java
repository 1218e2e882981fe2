package org.rapport.factor;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something of a person's that proves who they are, besides the password.
 *
 * @param name by which its owner tells it from others
 * @param lastUsedAt empty when it was never used
 */
public record Factor(UUID id, Kind kind, String name, Instant createdAt, Optional<Instant> lastUsedAt) {

    /** What can be a factor. */
    public enum Kind {
        /** One-time codes of an app. */
        TOTP("totp", SignedInBy.ONE_TIME_CODE),
        /** A key in a device, WebAuthn. */
        PASSKEY("passkey", SignedInBy.HARDWARE_KEY);

        private final String code;
        private final String method;

        Kind(String code, String method) {
            this.code = code;
            this.method = method;
        }

        /** The name outside of Java, such as {@code totp}. */
        public String code() {
            return code;
        }

        /** The authentication method (RFC 8176) that its use is. */
        public String method() {
            return method;
        }

        static Kind ofCode(String code) {
            return code.equals(TOTP.code) ? TOTP : PASSKEY;
        }
    }
}
