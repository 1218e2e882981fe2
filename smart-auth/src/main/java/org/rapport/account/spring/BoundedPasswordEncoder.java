package org.rapport.account.spring;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes passwords by argon2id with 19 MiB and two passes, a few at a time.
 *
 * <p>The parameters are the second of those that OWASP's password storage cheat sheet takes for equally strong. All of a long
 * password counts: argon2 has no limit of 72 bytes. Without the limit a flood of sign-ins takes all memory: each hash holds its 19 MiB until it is done.
 */
final class BoundedPasswordEncoder implements PasswordEncoder {

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int AT_A_TIME = 8;

    private final PasswordEncoder argon2 = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore places = new Semaphore(AT_A_TIME, true);

    @Override
    public String encode(CharSequence password) {
        return inTurn(() -> argon2.encode(password));
    }

    @Override
    public boolean matches(CharSequence password, String hash) {
        return inTurn(() -> argon2.matches(password, hash));
    }

    @Override
    public boolean upgradeEncoding(String hash) {
        return argon2.upgradeEncoding(hash);
    }

    private <T> T inTurn(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
