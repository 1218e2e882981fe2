package org.rapport.limit.spring;

import java.time.Duration;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 on connections that are closed when the head of a request drips in for too long.
 *
 * <p>Public with a public constructor because Tomcat makes it by name.
 */
public final class TimedHttp extends Http11NioProtocol {

    /** How much of a refused body is read and thrown away so that the sender gets to see the answer, in bytes. */
    static final int SWALLOW = 64 * 1024 * 1024;

    /** How long a sender may keep the server waiting for the next piece, in milliseconds. */
    private static final int PAUSE = 20_000;

    private static final long NONE_BEGUN = -1;

    /** With a bounded pause between two pieces. */
    public TimedHttp() {
        setMaxSwallowSize(SWALLOW);
        setConnectionTimeout(PAUSE);
    }

    /** Closes each connection on which a head began longer ago than that, and has not ended; a request at work is none of them. */
    void closeSlowHeads(Duration patience, long nanoTime) {
        for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
            if (connection.getCurrentProcessor() instanceof Processor waiting
                    && !waiting.isAsync()
                    && !waiting.isUpgrade()
                    && began(waiting) != NONE_BEGUN
                    && nanoTime - began(waiting) > patience.toNanos()) {
                connection.close();
            }
        }
    }

    private static long began(Processor waiting) {
        return waiting.getRequest().getStartTimeNanos();
    }
}
