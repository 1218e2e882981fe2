package org.rapport.failure.hapi;

import java.util.UUID;

/** The error translation for tests of other packages. */
public final class TestFailures {

    /** The id of every internal error. */
    public static final UUID ID = UUID.fromString("3f5c1c5e-7d3c-4d0e-9c43-0d2f6a3f0f11");

    private TestFailures() {}

    /** The interceptor, with a known id. */
    public static Object interceptor() {
        return new FailureInterceptor(() -> ID);
    }
}
