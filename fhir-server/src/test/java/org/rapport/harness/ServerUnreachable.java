package org.rapport.harness;

/** No answer came: what was asked for may have happened or not. */
public final class ServerUnreachable extends RuntimeException {

    ServerUnreachable(Throwable cause) {
        super(cause);
    }
}
