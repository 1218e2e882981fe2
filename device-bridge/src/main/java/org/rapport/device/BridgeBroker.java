package org.rapport.device;

import java.util.function.Supplier;

/**
 * The broker from which the bridge takes what devices publish.
 *
 * @param url where it listens, such as tcp://127.0.0.1:1883; asked at each connection
 * @param clientId MQTT client id of the bridge, the same at each start of this instance and of no other
 * @param keepsQueue whether the bridge's queue is there whether the bridge has a session or not, as at the embedded broker
 */
public record BridgeBroker(Supplier<String> url, String clientId, boolean keepsQueue) {}
