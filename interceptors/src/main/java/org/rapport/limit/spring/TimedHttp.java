package org.rapport.limit.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 on connections that are closed when the head of a request, of a chunk or a trailer drips in for too long.
 *
 * <p>Public with a public constructor because Tomcat makes it by name.
 */
public final class TimedHttp extends Http11NioProtocol {

    /** How much of a refused body is read and thrown away so that the sender gets to see the answer, in bytes. */
    static final int SWALLOW = 64 * 1024 * 1024;

    /** How long a sender may keep the server waiting for the next piece, in milliseconds. */
    private static final int PAUSE = 20_000;

    private static final long NONE_BEGUN = -1;

    private final Map<Processor, SocketWrapperBase<?>> atWork = new ConcurrentHashMap<>();

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

    /**
     * Closes each connection on which one read of a body takes longer than the whole body may. The thread that reads goes on
     * at once, or when the pause between two pieces is over.
     */
    void closeSlowBodies(long nanoTime) {
        atWork.forEach((processor, connection) -> {
            if (processor.getRequest().getInputBuffer() instanceof TimedInput body && body.isOverdue(nanoTime)) {
                connection.close();
            }
        });
    }

    @Override
    protected Processor createProcessor() {
        return new Known();
    }

    /** Is known while it is at work, when Tomcat's connection does not know it. */
    private final class Known extends Http11Processor {

        Known() {
            super(TimedHttp.this, TimedHttp.this.getAdapter());
        }

        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            atWork.put(this, connection);
            try {
                return super.service(connection);
            } finally {
                atWork.remove(this);
            }
        }
    }

    private static long began(Processor waiting) {
        return waiting.getRequest().getStartTimeNanos();
    }
}
