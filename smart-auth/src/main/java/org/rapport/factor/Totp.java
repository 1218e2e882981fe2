package org.rapport.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Computes and recognises one-time codes: six digits, a new one every 30 seconds, one step early or late is fine.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>
 */
public final class Totp {

    static final int DIGITS = 6;
    static final int STEP_SECONDS = 30;

    private static final int MODULUS = 1_000_000;
    private static final int OFFSET_MASK = 0xf;

    private final Clock clock;

    public Totp(Clock clock) {
        this.clock = clock;
    }

    /** The code of a time step, which is the number of half minutes since 1970. */
    public static String code(TotpSecret secret, long step) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.bytes(), "RAW"));
            var digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = digest[digest.length - 1] & OFFSET_MASK;
            int number = ByteBuffer.wrap(digest).getInt(offset) & Integer.MAX_VALUE;
            return "%06d".formatted(number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HMAC-SHA1.", e);
        }
    }

    /** The time steps whose codes are taken now: the current one, the one before and the one after. */
    public List<Long> steps() {
        long now = Math.floorDiv(clock.instant().getEpochSecond(), STEP_SECONDS);
        return List.of(now, now - 1, now + 1);
    }

    /** The time step that this is the code of; empty when it is no code of now. */
    OptionalLong stepOf(TotpSecret secret, String code) {
        var given = code.getBytes(StandardCharsets.UTF_8);
        return steps().stream()
                .flatMapToLong(LongStream::of)
                .filter(step -> MessageDigest.isEqual(code(secret, step).getBytes(StandardCharsets.UTF_8), given))
                .findFirst();
    }
}
