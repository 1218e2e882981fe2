package org.rapport.account.spring;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads the attributes of a stored session, from a short list of classes only.
 *
 * <p>What cannot be read is not there: after an upgrade, a session of the release before asks its owner to sign in again
 * instead of failing at every request.
 */
final class SessionAttributes implements Converter<byte[], Object> {

    private static final ObjectInputFilter KNOWN_CLASSES = ObjectInputFilter.Config.createFilter(
            "maxdepth=30;maxbytes=262144;java.lang.*;java.util.*;java.time.*;java.net.*;jakarta.servlet.http.Cookie;"
                    + "org.springframework.security.**;org.rapport.factor.*;!*");

    @Override
    public @Nullable Object convert(byte[] stored) {
        try (var input = new ObjectInputStream(new ByteArrayInputStream(stored))) {
            input.setObjectInputFilter(KNOWN_CLASSES);
            return input.readObject();
        } catch (IOException | ClassNotFoundException e) {
            return null;
        }
    }
}
