package org.rapport.limit.hapi;

/** The limits of pages for tests of other packages. */
public final class TestPages {

    private TestPages() {}

    /** The interceptor. */
    public static Object interceptor() {
        return new PageInterceptor();
    }
}
