package org.rapport.limit.spring;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Engine;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Ends a request whose sender lets its head or its body drip, whoever reads it. Tomcat itself bounds only the pause between
 * two pieces, and waits for the rest of a refused body with the thread it came on.
 */
final class SlowSenderValve extends ValveBase {

    private final Duration patience;
    private final long swallow;

    /**
     * Sets the limits.
     *
     * @param patience for a head, and for a body beside what comes at a decent rate
     * @param swallow how much of a body that nobody wanted is read so that the sender gets to see the answer, in bytes
     */
    SlowSenderValve(Duration patience, long swallow) {
        super(true);
        this.patience = patience;
        this.swallow = swallow;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        var input = TimedInput.begin(request.getCoyoteRequest(), patience, System::nanoTime);
        getNext().invoke(request, response);
        if (!request.isAsync() && !isRead(request)) {
            response.finishResponse();
            if (request.getCoyoteRequest().hasExpectation() || !isDrained(input)) {
                request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }
    }

    /** Tomcat calls it every few seconds. */
    @Override
    public void backgroundProcess() {
        super.backgroundProcess();
        if (getContainer() instanceof Engine engine) {
            for (var connector : engine.getService().findConnectors()) {
                if (connector.getProtocolHandler() instanceof TimedHttp http) {
                    http.closeSlowHeads(patience, System.nanoTime());
                    http.closeSlowBodies(System.nanoTime());
                }
            }
        }
    }

    private static boolean isRead(Request request) {
        var read = new AtomicBoolean();
        request.getCoyoteRequest().action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    private boolean isDrained(TimedInput input) {
        var sink = new Sink();
        try {
            for (long drained = 0; drained <= swallow; ) {
                int read = input.doRead(sink);
                if (read < 0) {
                    return true;
                }
                drained += read;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Keeps nothing. */
    private static final class Sink implements ApplicationBufferHandler {

        private ByteBuffer last = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            last = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return last;
        }

        @Override
        public void expand(int size) {
            // what comes is given over, not copied
        }
    }
}
