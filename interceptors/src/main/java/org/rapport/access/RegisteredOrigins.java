package org.rapport.access;

/** Tells from which web origins the scripts of registered apps may call this server. */
@FunctionalInterface
public interface RegisteredOrigins {

    /**
     * Whether an app is registered at an origin.
     *
     * @param origin as browsers send it, such as {@code https://app.example.org}
     */
    boolean isRegistered(String origin);
}
