package org.rapport.smart;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Counts how often a server computes the slow hash of a password or secret. */
public final class HashCount implements BeanPostProcessor {

    private final AtomicInteger count = new AtomicInteger();

    /** How often until now. */
    public int get() {
        return count.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof PasswordEncoder passwords ? new Counting(passwords) : bean;
    }

    private final class Counting implements PasswordEncoder {

        private final PasswordEncoder passwords;

        Counting(PasswordEncoder passwords) {
            this.passwords = passwords;
        }

        @Override
        public String encode(CharSequence password) {
            count.incrementAndGet();
            return passwords.encode(password);
        }

        @Override
        public boolean matches(CharSequence password, String hash) {
            count.incrementAndGet();
            return passwords.matches(password, hash);
        }

        @Override
        public boolean upgradeEncoding(String hash) {
            return passwords.upgradeEncoding(hash);
        }
    }
}
