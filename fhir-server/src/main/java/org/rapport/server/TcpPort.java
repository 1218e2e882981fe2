package org.rapport.server;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * A port to listen on.
 *
 * @param address of the interface, such as 127.0.0.1
 * @param number 1 to 65535
 * @param property what sets it, for the operator
 */
public record TcpPort(String address, int number, String property) {

    /**
     * Looks whether somebody listens on it already.
     *
     * @throws StartFailure if so
     */
    public void requireFree() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, number));
        } catch (BindException refused) {
            if (String.valueOf(refused.getMessage()).contains("in use")) {
                throw inUse(refused);
            }
            throw new StartFailure(
                    "Port " + number + " on " + address + " cannot be opened (" + refused.getMessage() + "); check "
                            + property + " and rapport.bind-address.",
                    refused);
        } catch (IOException taken) {
            throw inUse(taken);
        }
    }

    private StartFailure inUse(IOException taken) {
        return new StartFailure(
                "Port " + number + " on " + address + " is in use; free it, or choose another with " + property + ".",
                taken);
    }
}
