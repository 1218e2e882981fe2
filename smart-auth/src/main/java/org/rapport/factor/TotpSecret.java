package org.rapport.factor;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** What an authenticator app and the server share: 160 random bits. */
public final class TotpSecret {

    private static final int BYTES = 20;

    private final byte[] bytes;

    TotpSecret(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    /** A new secret. */
    public static TotpSecret random(RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new TotpSecret(bytes);
    }

    /**
     * Reads a secret as {@link #base32} writes it.
     *
     * @throws IllegalArgumentException when it is not base32
     */
    public static TotpSecret ofBase32(String text) {
        return new TotpSecret(Base32.decode(text));
    }

    /** The secret as people type it into an app. */
    public String base32() {
        return Base32.encode(bytes);
    }

    /**
     * The address that a QR code hands to an app.
     *
     * @see <a href="https://github.com/google/google-authenticator/wiki/Key-Uri-Format">Key URI format</a>
     */
    public String uri(String issuer, String username) {
        return "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                .formatted(
                        encoded(issuer), encoded(username), base32(), encoded(issuer), Totp.DIGITS, Totp.STEP_SECONDS);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Nothing of the secret. */
    @Override
    public String toString() {
        return "TotpSecret";
    }
}
