package org.rapport.device;

/**
 * How the device bridge logs in to the broker.
 *
 * @param username user name; at the embedded broker one that no device can have
 * @param password secret; at the embedded broker made anew at each start and never stored
 */
public record BridgeLogin(String username, String password) {

    /** User name of the bridge at the embedded broker. */
    public static final String EMBEDDED_USERNAME = "$bridge";

    /** Topic filter under which the bridge consumes; its durable queue exists before the broker listens. */
    public static final String SUBSCRIPTION = "$share/bridge/" + DeviceTopics.ROOT + "/#";

    @Override
    public String toString() {
        return "BridgeLogin[" + username + "]";
    }
}
