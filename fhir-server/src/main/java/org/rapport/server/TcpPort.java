package org.rapport.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A place to listen on.
 *
 * @param address local address, such as 127.0.0.1
 * @param port 1 to 65535
 */
public record TcpPort(String address, int port) {

    /** Whether nobody listens there now. */
    public boolean isFree() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /**
     * Stops the start unless the port can be listened on.
     *
     * @param property the property that moves it elsewhere
     * @throws StartFailure if somebody listens there
     */
    public void requireFree(String property) {
        if (!isFree()) {
            throw new StartFailure("Port " + port + " on " + address + " is in use; free it, or choose another with "
                    + property + ".");
        }
    }
}
